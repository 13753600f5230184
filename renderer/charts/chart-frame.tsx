import { ChartScatter, Download, Table2 } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { saveFile } from '../client/save-file.ts'
import { pageError } from '../stores/loadable.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { Notice, Region } from '../ui/region.tsx'
import { ChartTableView, type ChartTable } from './chart-table.tsx'
import styles from './chart.module.css'
import { chartFileName, csvText, pngBlob, svgText } from './save-chart.ts'

export interface ChartFrameProps {
  readonly title: string
  /** What its bars are, or what to do: `bars 95 %`. */
  readonly hint?: ReactNode
  /** The picture in a sentence, for people who do not see it. */
  readonly description: string
  /** Null where there is nothing to draw; the children then say why. */
  readonly table: ChartTable | null
  /** Begins the names of saved files: `run-17`. */
  readonly fileStem: string
  /** Whether the drawing is taller than its place and scrolls in it. */
  readonly tall?: boolean
  readonly asTable: boolean
  readonly onAsTable: (asTable: boolean) => void
  /** Controls of the chart, before the common ones. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A chart's region: title, table view, saving as SVG, PNG and CSV, and the sentence that describes it. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, hint, description, table, tall = false, asTable, onAsTable, actions, children } = props
  const drawing = useRef<HTMLDivElement>(null)
  const { items, problem } = useSaving(props, drawing)
  const common = table !== null && (
    <>
      <Button
        kind="quiet"
        size="icon"
        aria-pressed={asTable}
        aria-label={`${title} as a ${asTable ? 'chart' : 'table'}`}
        title={asTable ? 'Show the chart' : 'Show as a table'}
        onClick={() => onAsTable(!asTable)}
      >
        {asTable ? <ChartScatter aria-hidden /> : <Table2 aria-hidden />}
      </Button>
      <Menu
        label={`Save ${title}`}
        items={items}
        trigger={
          <Button kind="quiet" size="icon" aria-label={`Save ${title}`} title="Save as SVG, PNG or CSV">
            <Download aria-hidden />
          </Button>
        }
      />
    </>
  )
  return (
    <Region
      className={styles['frame']}
      title={title}
      flush={table === null}
      {...(hint === undefined ? {} : { hint })}
      actions={
        <>
          {actions}
          {common}
        </>
      }
    >
      {problem !== null && <Notice what="The chart was not saved." why={problem} />}
      {table !== null && asTable ? (
        <ChartTableView caption={title} table={table} />
      ) : table === null ? (
        children
      ) : (
        <div
          ref={drawing}
          role="img"
          aria-label={description}
          className={classNames(styles['drawing'], tall && styles['tall'])}
          {...(tall ? { tabIndex: 0 } : {})}
        >
          {children}
        </div>
      )}
    </Region>
  )
}

function useSaving(
  { title, table, fileStem, asTable }: ChartFrameProps,
  drawing: { readonly current: HTMLDivElement | null },
): { readonly items: readonly MenuItem[]; readonly problem: string | null } {
  const [problem, setProblem] = useState<string | null>(null)
  const name = chartFileName(fileStem, title)
  const withDrawing = (
    save: (svg: SVGSVGElement, what: { title: string; surface: string }) => void | Promise<void>,
  ) => {
    const svg = drawing.current?.querySelector('svg') ?? null
    if (svg === null) return
    setProblem(null)
    const surface = getComputedStyle(svg).getPropertyValue('--surface-panel')
    Promise.resolve(save(svg, { title, surface: resolveColour(svg, surface) })).catch((error: unknown) =>
      setProblem(pageError(error).message),
    )
  }
  const picture = { disabled: asTable, ...(asTable ? { hint: 'show the chart first' } : {}) }
  const items: readonly MenuItem[] = [
    {
      key: 'svg',
      label: 'SVG',
      ...picture,
      onChoose: () =>
        withDrawing((svg, what) =>
          saveFile({ fileName: `${name}.svg`, mediaType: 'image/svg+xml', content: svgText(svg, what) }),
        ),
    },
    {
      key: 'png',
      label: 'PNG',
      ...picture,
      onChoose: () =>
        withDrawing(async (svg, what) =>
          saveFile({ fileName: `${name}.png`, mediaType: 'image/png', content: await pngBlob(svg, what) }),
        ),
    },
    {
      key: 'csv',
      label: 'CSV',
      onChoose: () =>
        table !== null &&
        saveFile({ fileName: `${name}.csv`, mediaType: 'text/csv; charset=utf-8', content: csvText(table) }),
    },
  ]
  return { items, problem }
}

/** A token may be `light-dark(…)`: what it comes to here is read back from an element that uses it. */
function resolveColour(near: Element, colour: string): string {
  const probe = document.createElement('span')
  probe.style.color = colour
  near.parentElement?.append(probe)
  const resolved = getComputedStyle(probe).color
  probe.remove()
  return resolved
}
