import { useMemo } from 'react'
import type { RunSummary } from '#shared/domain/run.ts'
import { thinkStates } from '#shared/domain/trace.ts'
import { count, moment } from '../../format/numbers.ts'
import { routeHash, type Route } from '../../routing/route.ts'
import { go, refine } from '../../routing/use-route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { Badge, ThinkBadge } from '../../ui/badge.tsx'
import { Key, LinkButton } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { sortRows, type Column } from '../../ui/grid-column.ts'
import { Bones, EmptyState, ErrorNotice, Region, Split } from '../../ui/region.tsx'
import { useSorting } from '../../ui/use-sorting.ts'
import { wholeNumber } from './trace-choice.ts'
import styles from './traces.module.css'

/** Which run to read: the newest is selected. */
export function RunChooser({ route }: { readonly route: Route }) {
  const answer = useLab('runs.list', {})
  const runs = dataOf(answer)?.toSorted((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id) ?? null
  return (
    <>
      <TopBar title="Traces" />
      {answer.status === 'failed' && <ErrorNotice error={answer.error} />}
      {runs === null && answer.status === 'loading' && <Bones rows={6} />}
      {runs?.length === 0 && <NoRuns />}
      {runs !== null && runs.length > 0 && <Chooser runs={runs} asked={wholeNumber(route.query['run'])} />}
    </>
  )
}

function NoRuns() {
  return (
    <EmptyState
      what="No run yet."
      actions={
        <>
          <LinkButton kind="primary" href={routeHash('bench')}>
            Compare the specimen&apos;s precisions
          </LinkButton>
          <LinkButton href={routeHash('runs', ['new'])}>New run</LinkButton>
        </>
      }
    >
      Here the thinking and the answers of a run are read, two variants side by side.
    </EmptyState>
  )
}

function Chooser({ runs, asked }: { readonly runs: readonly RunSummary[]; readonly asked: number | null }) {
  const order = useSorting()
  const rows = useMemo(() => sortRows(runs, runColumns, order.sorting), [runs, order.sorting])
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === asked),
  )
  const open = (index: number) => {
    const run = rows[index]
    if (run !== undefined) go('traces', [run.id])
  }
  const run = rows[at]
  return (
    <div className={styles['view']}>
      <Split className={styles['chooser']}>
        <Region title="Runs" hint={count(runs.length)} flush line>
          <DataGrid
            label="Runs"
            name="traces-runs"
            main
            columns={runColumns}
            total={rows.length}
            row={(index) => rows[index]}
            selected={at}
            onSelect={(index) => refine({ run: rows[index]?.id })}
            onOpen={open}
            {...order}
          />
        </Region>
        {run !== undefined && <Preview key={run.id} run={run} />}
      </Split>
    </div>
  )
}

const suiteWords = ({ suites }: RunSummary) => suites.map(({ name }) => name).join(', ')

const runColumns: readonly Column<RunSummary>[] = [
  { key: 'id', title: 'Run', width: '64px', order: ({ id }) => id, text: ({ id }) => String(id) },
  { key: 'name', title: 'Name', width: 'minmax(140px, 1fr)', order: ({ name }) => name, text: ({ name }) => name },
  {
    key: 'suites',
    title: 'Suites',
    width: 'minmax(120px, 200px)',
    order: suiteWords,
    text: suiteWords,
  },
  {
    key: 'cells',
    title: 'Traces',
    width: '80px',
    align: 'end',
    order: ({ counts }) => counts.done + counts.error,
    text: ({ counts }) => count(counts.done + counts.error),
  },
  {
    key: 'state',
    title: 'State',
    width: '100px',
    order: ({ state }) => state,
    text: ({ state }) => state,
    cell: ({ state }) => (
      <Badge tone={state === 'running' ? 'live' : state === 'done' ? 'plain' : 'warn'}>{state}</Badge>
    ),
  },
  {
    key: 'made',
    title: 'Made',
    width: '120px',
    order: ({ createdAtMs }) => createdAtMs,
    text: ({ createdAtMs }) => moment(createdAtMs),
  },
]

/** How the selected run thought, in counts; each leads to those cells. */
function Preview({ run }: { readonly run: RunSummary }) {
  const facets = useLab('cells.facets', { run: run.id, filter: {} })
  const counts = dataOf(facets)
  return (
    <Region
      title={`${run.id} ${run.name}`}
      line
      actions={
        <LinkButton kind="primary" size="small" href={routeHash('traces', [run.id])}>
          Open <Key>Enter</Key>
        </LinkButton>
      }
    >
      {facets.status === 'failed' && <ErrorNotice error={facets.error} />}
      <h3>Think states</h3>
      <ul className={styles['states']}>
        {thinkStates
          .filter((state) => (counts?.thinkStates[state] ?? 0) > 0)
          .map((state) => (
            <li key={state}>
              <a href={routeHash('traces', [run.id], { think: state })}>
                <ThinkBadge state={state} />
              </a>
              <span className="num">{count(counts?.thinkStates[state] ?? 0)}</span>
            </li>
          ))}
      </ul>
      {(counts?.states.error ?? 0) > 0 && (
        <p>
          <a href={routeHash('traces', [run.id], { state: 'error' })}>{count(counts?.states.error ?? 0)} failed</a>
        </p>
      )}
    </Region>
  )
}
