import { useMemo } from 'react'
import type { SuiteDetails } from '#shared/contract/suite-views.ts'
import { count } from '../../format/numbers.ts'
import { routeHash, type Route } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { LinkButton } from '../../ui/button.tsx'
import { SearchField } from '../../ui/controls.tsx'
import { DataGrid, type Sorting } from '../../ui/data-grid.tsx'
import { Bones, EmptyState, ErrorNotice, Region } from '../../ui/region.tsx'
import { promptColumns } from './prompt-columns.tsx'
import { PromptDetail } from './prompt-detail.tsx'
import { SuiteAbout } from './suite-about.tsx'
import { SuiteActions } from './suite-actions.tsx'
import { SuitesFrame, type SuiteListing } from './suites-frame.tsx'
import styles from './suites.module.css'
import { useSuitePrompts, type SuitePrompts } from './use-suite-prompts.ts'
import { ValueChips } from './value-chips.tsx'

const sorts = ['order', 'id', 'distance', 'grader', 'length'] as const
type Sort = (typeof sorts)[number]

interface ReaderProps {
  /** A digest, or what an address says. */
  readonly suite: string
  readonly list: SuiteListing
  readonly route: Route
}

/** A suite to be read: its prompts as a grid, one of them whole at the side. */
export function SuiteReader({ suite, list, route: { query } }: ReaderProps) {
  const answer = useLab('suites.describe', { suite })
  const details = dataOf(answer)
  const sort = sorts.find((name) => name === query['sort']) ?? 'order'
  const rows = useSuitePrompts(details === null ? null : promptQuery(details, query, sort))
  const at = selectedRow(query['row'], rows.total)
  const selected = at === null ? undefined : rows.row(at)
  return (
    <SuitesFrame
      path={[{ label: 'Suites', href: routeHash('suites') }]}
      title={details?.summary.name ?? 'Suite'}
      actions={details !== null && <SuiteActions details={details} suites={dataOf(list) ?? []} />}
      list={list}
      current={details?.summary.hash ?? null}
      layout={details === null ? 'alone' : 'reading'}
    >
      {details === null ? (
        <Region label="Suite">
          {answer.status === 'failed' ? (
            <ErrorNotice
              error={answer.error}
              actions={
                <LinkButton size="small" href={routeHash('suites')}>
                  Show the suites
                </LinkButton>
              }
            />
          ) : (
            <Bones rows={12} />
          )}
        </Region>
      ) : (
        <>
          <PromptList details={details} rows={rows} query={query} sort={sort} at={at} />
          {selected === undefined ? (
            <SuiteAbout details={details} suites={dataOf(list) ?? []} />
          ) : (
            <PromptDetail suite={details.summary.hash} index={selected.index} />
          )}
        </>
      )}
    </SuitesFrame>
  )
}

const filterNames = ['distance', 'family', 'grader', 'lang', 'role'] as const

function promptQuery({ summary }: SuiteDetails, query: Route['query'], sort: Sort) {
  const values = filterNames.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]] as const]))
  return {
    suite: summary.hash,
    filter: { ...Object.fromEntries(values), ...(query['q'] !== undefined && { query: query['q'] }) },
    sort,
    descending: query['desc'] === 'yes',
  }
}

function selectedRow(text: string | undefined, total: number | null): number | null {
  const row = text === undefined ? Number.NaN : Number(text)
  return Number.isInteger(row) && row >= 0 && total !== null && row < total ? row : null
}

interface ListProps {
  readonly details: SuiteDetails
  readonly rows: SuitePrompts
  readonly query: Route['query']
  readonly sort: Sort
  readonly at: number | null
}

function PromptList({ details, rows, query, sort, at }: ListProps) {
  const { summary, counts } = details
  const columns = useMemo(() => promptColumns(counts), [counts])
  const narrowed = query['q'] !== undefined || filterNames.some((name) => query[name] !== undefined)
  const sorting: Sorting | null = sort === 'order' ? null : { by: sort, descending: query['desc'] === 'yes' }
  return (
    <section className={styles['prompts']} aria-label="Prompts">
      <div className={styles['prompts-head']}>
        <h2>Prompts</h2>
        <span className="hint clip grow">
          {narrowed && rows.total !== null ? `${count(rows.total)} of ${count(summary.n)}` : count(summary.n)}
        </span>
        <SearchField
          label="Search prompts"
          value={query['q'] ?? ''}
          onChange={(q) => refine({ q, row: undefined })}
          {...(query['q'] !== undefined && rows.total !== null ? { count: count(rows.total) } : {})}
        />
      </div>
      <ValueChips counts={counts} query={query} />
      {rows.error !== null && <ErrorNotice error={rows.error} />}
      <div className={styles['grid']}>
        {rows.total === null ? (
          rows.error === null && <Bones rows={16} />
        ) : (
          <DataGrid
            // Another filter begins at its top; another order keeps the focus on its column.
            key={filterNames.map((name) => query[name] ?? '').join(' ') + (query['q'] ?? '')}
            label={`Prompts of ${summary.name}`}
            columns={columns}
            total={rows.total}
            row={rows.row}
            onRange={rows.want}
            selected={at}
            onSelect={(row) => refine({ row })}
            sorting={sorting}
            onSort={({ by, descending }) => refine(nextSort(sorting, by, descending))}
            empty={<EmptyState what="Nothing found.">No prompt of this suite fits what is asked for.</EmptyState>}
          />
        )}
      </div>
    </section>
  )
}

/** Ascending, descending, then the suite's own order again. */
function nextSort(sorting: Sorting | null, by: string, descending: boolean) {
  const back = sorting?.by === by && sorting.descending
  return { sort: back ? undefined : by, desc: !back && descending ? 'yes' : undefined, row: undefined }
}
