import { useMemo, type ReactNode } from 'react'
import type { RunSummary } from '#shared/domain/run.ts'
import type { Place } from '../../routing/route.ts'
import { go, refine } from '../../routing/use-route.ts'
import { DataGrid } from '../../ui/data-grid.tsx'
import { sortRows, type Column } from '../../ui/grid-column.ts'
import { Region } from '../../ui/region.tsx'
import { useSorting } from '../../ui/use-sorting.ts'
import { startedColumn, stateColumn } from './columns-of-runs.tsx'

const suiteWords = ({ suites }: RunSummary) => suites.map(({ name }) => name).join(', ')

/** What every list of runs to choose from says. A place puts its own figures after the suites. */
export const runColumns = (...figures: readonly Column<RunSummary>[]): readonly Column<RunSummary>[] => [
  { key: 'id', title: 'Run', width: '64px', order: ({ id }) => id, text: ({ id }) => String(id) },
  { key: 'name', title: 'Name', width: 'minmax(120px, 1fr)', order: ({ name }) => name, text: ({ name }) => name },
  { key: 'suites', title: 'Suites', width: '110px', order: suiteWords, text: suiteWords },
  ...figures,
  stateColumn,
  startedColumn,
]

interface ChooseRunProps {
  /** Where the chosen run is opened. */
  readonly place: Place
  readonly runs: readonly RunSummary[]
  /** Of `runColumns`. */
  readonly columns: readonly Column<RunSummary>[]
  /** The selected run; the first of the list where there is no such run. */
  readonly asked: number | null
  readonly hint: string
  readonly actions?: ReactNode
  /** What stands beside the list of the selected run. */
  readonly children: (run: RunSummary) => ReactNode
}

/** Which run a place is to show: a list, and the selected run in short beside it. */
export function ChooseRun({ place, runs, columns, asked, hint, actions, children }: ChooseRunProps) {
  const order = useSorting()
  const rows = useMemo(() => sortRows(runs, columns, order.sorting), [runs, columns, order.sorting])
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === asked),
  )
  const run = rows[at]
  return (
    <>
      <Region title="Runs" hint={hint} flush line actions={actions}>
        <DataGrid
          label="Runs"
          name={`${place}-runs`}
          main
          columns={columns}
          total={rows.length}
          row={(index) => rows[index]}
          selected={at}
          onSelect={(index) => refine({ run: rows[index]?.id })}
          onOpen={(index) => {
            const opened = rows[index]
            if (opened !== undefined) go(place, [opened.id])
          }}
          {...order}
        />
      </Region>
      {run !== undefined && children(run)}
    </>
  )
}
