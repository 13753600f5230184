import { Scroller } from '../ui/scroller.tsx'
import styles from './chart.module.css'
import { cellText, type ChartTable } from './table-cells.ts'

export function ChartTableView({ caption, table }: { readonly caption: string; readonly table: ChartTable }) {
  const classes = table.columns.map((_, place) =>
    table.rows.every((row) => typeof row[place] === 'string') ? undefined : 'num',
  )
  return (
    <Scroller className={styles['table']} label={`${caption}, as a table`}>
      <table>
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column, place) => (
              <th key={column} scope="col" className={classes[place]}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, place) =>
                place === 0 ? (
                  <th key={place} scope="row" className={classes[place]}>
                    {cellText(cell)}
                  </th>
                ) : (
                  <td key={place} className={classes[place]}>
                    <Cell text={cellText(cell)} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

/** A figure with its interval in a quieter voice. */
function Cell({ text }: { readonly text: string }) {
  const at = text.endsWith(']') ? text.indexOf(' [') : -1
  if (at === -1) return text
  return (
    <>
      {text.slice(0, at)} <small>{text.slice(at + 1)}</small>
    </>
  )
}
