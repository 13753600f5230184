import { useMemo } from 'react'
import type { RefusalRow } from '#shared/contract/refusal-views.ts'
import { refine } from '../../routing/use-route.ts'
import { usePages, type Pages } from '../../stores/use-pages.ts'
import { useWidth } from '../../charts/use-width.ts'
import { LinkButton } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { Bones, EmptyState, ErrorNotice, Split } from '../../ui/region.tsx'
import { routeHash, wholeNumber } from '../../routing/route.ts'
import { CellDetail } from './cell-detail.tsx'
import { logColumns } from './log-columns.tsx'
import { LogFilters } from './log-filters.tsx'
import type { RefusalRun } from './refusal-run.ts'
import { filterKeys, nothingChosen, readFilter, readSort, type LogSort } from './refusals-query.ts'
import styles from './refusals.module.css'

/** Every finished cell of a probe with its label; the chosen one with its evidence beside the list. */
export function LogView({ of }: { readonly of: RefusalRun }) {
  const { run, route } = of
  const { sort, descending } = readSort(route)
  const filter = readFilter(route)
  const rows = usePages('refusals.log', { run: run.id, filter, sort, descending })
  const asked = wholeNumber(route.query['cell'])
  const at = placeOf(rows, asked, wholeNumber(route.query['row']) ?? 0)
  const chosen = asked ?? (at === null ? null : (rows.row(at)?.cell.id ?? null))
  return (
    <>
      <LogFilters of={of} filter={filter} />
      {rows.error !== null && <ErrorNotice error={rows.error} />}
      {rows.total === null && rows.error === null && <Bones rows={12} />}
      {rows.total === 0 && <NothingFound filtered={filterKeys.some((key) => route.query[key] !== undefined)} of={of} />}
      {rows.total !== null && rows.total > 0 && (
        <Split className={styles['log']}>
          <LogGrid of={of} rows={rows} at={at} sorting={{ by: sort, descending }} />
          {chosen === null ? <Bones /> : <CellDetail key={run.id} of={of} cell={chosen} />}
        </Split>
      )}
    </>
  )
}

/** So far from where it stood a cell is looked for. */
const nearRows = 200

/** The row of the chosen cell, near where it stood when it was chosen: rows come before it while the run goes on. */
function placeOf({ total, row }: Pages<'refusals.log'>, cell: number | null, stood: number): number | null {
  if (total === null || total === 0) return null
  const at = Math.min(total - 1, stood)
  if (cell === null) return at
  for (let off = 0; off <= nearRows; off += 1) {
    const found = [at + off, at - off].find((index) => row(index)?.cell.id === cell)
    if (found !== undefined) return found
  }
  return at
}

interface LogGridProps {
  readonly of: RefusalRun
  readonly rows: Pages<'refusals.log'>
  readonly at: number | null
  readonly sorting: { readonly by: LogSort; readonly descending: boolean }
}

function LogGrid({ of, rows, at, sorting }: LogGridProps) {
  const [place, width] = useWidth<HTMLDivElement>(960)
  const columns = useMemo(() => logColumns(of, width), [of, width])
  const select = (row: number) => refine({ row: row === 0 ? undefined : row, cell: rows.row(row)?.cell.id })
  return (
    <div ref={place} className={styles['grid']}>
      <DataGrid<RefusalRow>
        label="Log"
        name="log"
        main
        columns={columns}
        total={rows.total ?? 0}
        row={rows.row}
        onRange={rows.want}
        all={rows.all}
        selected={at}
        onSelect={select}
        onOpen={select}
        sorting={sorting}
        onSort={({ by, descending }) => refine({ sort: by, desc: descending ? 1 : undefined, ...nothingChosen })}
      />
    </div>
  )
}

function NothingFound({ filtered, of }: { readonly filtered: boolean; readonly of: RefusalRun }) {
  const nothing = Object.fromEntries(filterKeys.map((key) => [key, undefined]))
  return filtered ? (
    <EmptyState
      what="No answer passes these filters."
      actions={
        <LinkButton
          href={routeHash('refusals', [of.run.id, 'log'], { ...of.route.query, ...nothing, ...nothingChosen })}
        >
          Show all answers
        </LinkButton>
      }
    />
  ) : (
    <EmptyState
      what="No probe was answered yet."
      actions={<LinkButton href={routeHash('runs', [of.run.id])}>Show the run</LinkButton>}
    >
      Every answer will stand here with its label as soon as its cell has run.
    </EmptyState>
  )
}
