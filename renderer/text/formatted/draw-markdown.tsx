import type { Heading, Image, ImageReference, ListItem, Nodes, Parents, Root, Table } from 'mdast'
import { Fragment, type ReactNode } from 'react'
import { Scroller } from '../../ui/scroller.tsx'
import { atFormulas, withFormulas, type Formula } from './cut-maths.ts'
import styles from './formatted.module.css'
import { Maths } from './maths.tsx'
import { OutsideLink } from './outside-link.tsx'

/**
 * A tree of Markdown as elements. Each kind of node is drawn by name as one of those below, and nothing of it becomes anything but
 * words: HTML is text, an image is its words and its address, a link asks before it opens.
 */
export function drawMarkdown(root: Root, formulas: readonly Formula[]): ReactNode {
  const addresses = new Map(
    root.children.flatMap((node) => (node.type === 'definition' ? [[node.identifier, node.url] as const] : [])),
  )
  const asWritten = (text: string) => withFormulas(text, formulas)
  const inside = ({ children }: Parents): ReactNode =>
    children.map((node, index) => <Fragment key={index}>{draw(node)}</Fragment>)

  const draw = (node: Nodes): ReactNode => {
    switch (node.type) {
      case 'root':
        return inside(node)
      case 'text':
        return drawText(node.value, formulas)
      case 'paragraph':
        return <p>{inside(node)}</p>
      case 'heading':
        return drawHeading(node, inside(node))
      case 'blockquote':
        return <blockquote>{inside(node)}</blockquote>
      case 'list':
        return node.ordered === true ? <ol start={node.start ?? 1}>{inside(node)}</ol> : <ul>{inside(node)}</ul>
      case 'listItem':
        return drawItem(node, inside)
      case 'code':
        return (
          <pre>
            <code>{asWritten(node.value)}</code>
          </pre>
        )
      case 'inlineCode':
        return <code>{asWritten(node.value)}</code>
      case 'html':
        return asWritten(node.value)
      case 'table':
        return drawTable(node, inside)
      case 'emphasis':
        return <em>{inside(node)}</em>
      case 'strong':
        return <strong>{inside(node)}</strong>
      case 'delete':
        return <del>{inside(node)}</del>
      case 'break':
        return <br />
      case 'thematicBreak':
        return <hr />
      case 'link':
        return <OutsideLink written={asWritten(node.url)}>{inside(node)}</OutsideLink>
      case 'linkReference':
        return <OutsideLink written={asWritten(addresses.get(node.identifier) ?? '')}>{inside(node)}</OutsideLink>
      case 'image':
        return drawImage(node, asWritten(node.url))
      case 'imageReference':
        return drawImage(node, asWritten(addresses.get(node.identifier) ?? ''))
      default:
        // Definitions have been read above; what else there is belongs to extensions that are not in use.
        return null
    }
  }
  return draw(root)
}

const drawText = (text: string, formulas: readonly Formula[]): ReactNode =>
  atFormulas(text, formulas).map((part, index) =>
    typeof part === 'string' ? part : <Maths key={`${index} ${part.source}`} formula={part} />,
  )

/** Below the page's own headings, whatever the model began with. */
function drawHeading({ depth }: Heading, inside: ReactNode): ReactNode {
  const Tag = depth === 1 ? 'h4' : depth === 2 ? 'h5' : 'h6'
  return <Tag>{inside}</Tag>
}

/** A paragraph that is all of an item, or its beginning, stands in the item's line. */
function drawItem(item: ListItem, inside: (of: Parents) => ReactNode): ReactNode {
  const { checked, spread } = item
  const [first, ...rest] = item.children
  const task = checked == null ? null : <span aria-label={checked ? 'done' : 'not done'}>{checked ? '☑' : '☐'} </span>
  if (first?.type !== 'paragraph' || spread === true) {
    return (
      <li data-task={checked ?? undefined}>
        {task}
        {inside(item)}
      </li>
    )
  }
  return (
    <li data-task={checked ?? undefined}>
      {task}
      {inside(first)}
      {inside({ ...item, children: rest })}
    </li>
  )
}

function drawTable({ align, children: [head, ...rows] }: Table, inside: (of: Parents) => ReactNode): ReactNode {
  const side = (column: number) => ({ textAlign: align?.[column] ?? undefined })
  return (
    <Scroller className="sideways" label="Table">
      <table>
        <thead>
          <tr>
            {head?.children.map((cell, column) => (
              <th key={column} scope="col" style={side(column)}>
                {inside(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.children.map((cell, column) => (
                <td key={column} style={side(column)}>
                  {inside(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

/** Never fetched: where it is and what it would show are words like the others. */
function drawImage({ alt }: Image | ImageReference, address: string): ReactNode {
  return (
    <span className={styles['image']}>
      Image, not loaded: {alt == null || alt === '' ? '' : `${alt} `}
      <code>{address}</code>
    </span>
  )
}
