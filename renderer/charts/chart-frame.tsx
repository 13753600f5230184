import { useRef, type ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { Notice, Region } from '../ui/region.tsx'
import { ChartTableView } from './chart-table.tsx'
import { ChartTools, useChartProblem } from './chart-tools.tsx'
import styles from './chart.module.css'
import type { ChartTable } from './table-cells.ts'

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
  const { title, hint, description, table, tall = false, asTable, actions, children } = props
  const drawing = useRef<HTMLDivElement>(null)
  const [problem, onProblem] = useChartProblem()
  return (
    <Region
      className={styles['frame']}
      title={title}
      flush={table === null}
      {...(hint === undefined ? {} : { hint })}
      actions={
        <>
          {actions}
          {table !== null && <ChartTools {...props} table={table} drawing={drawing} onProblem={onProblem} />}
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
