import { useMemo } from 'react'
import type { SuiteDetails } from '#shared/contract/suite-views.ts'
import { count } from '../../format/numbers.ts'
import { routeHash, type Route } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { usePages, type Pages } from '../../stores/use-pages.ts'
import { LinkButton } from '../../ui/button.tsx'
import { SearchField } from '../../ui/controls.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { useSorting } from '../../ui/use-sorting.ts'
import { Bones, EmptyState, ErrorNotice, Region } from '../../ui/region.tsx'
import { promptColumns } from './prompt-columns.tsx'
import { PromptDetail } from './prompt-detail.tsx'
import { SuiteAbout } from './suite-about.tsx'
import { SuiteActions } from './suite-actions.tsx'
import { SuitesFrame, type SuiteListing } from './suites-frame.tsx'
import styles from './suites.module.css'
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
  const rows = usePages('suites.prompts', details === null ? null : promptQuery(details, query, sort), { list: suite })
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
          <PromptList details={details} rows={rows} query={query} at={at} />
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
    descending: query['desc'] === '1',
  }
}

function selectedRow(text: string | undefined, total: number | null): number | null {
  const row = text === undefined ? Number.NaN : Number(text)
  return Number.isInteger(row) && row >= 0 && total !== null && row < total ? row : null
}

interface ListProps {
  readonly details: SuiteDetails
  readonly rows: Pages<'suites.prompts'>
  readonly query: Route['query']
  readonly at: number | null
}

function PromptList({ details, rows, query, at }: ListProps) {
  const { summary, counts } = details
  const columns = useMemo(() => promptColumns(counts), [counts])
  const narrowed = query['q'] !== undefined || filterNames.some((name) => query[name] !== undefined)
  const order = useSorting()
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
            name="prompts"
            main
            columns={columns}
            total={rows.total}
            row={rows.row}
            onRange={rows.want}
            all={rows.all}
            selected={at}
            onSelect={(row) => refine({ row })}
            {...order}
            empty={<EmptyState what="Nothing found.">No prompt of this suite fits what is asked for.</EmptyState>}
          />
        )}
      </div>
    </section>
  )
}
