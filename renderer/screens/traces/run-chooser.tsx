import type { RunSummary } from '#shared/domain/run.ts'
import { thinkStates } from '#shared/domain/trace.ts'
import { count } from '../../format/numbers.ts'
import { routeHash, wholeNumber, type Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { ThinkBadge } from '../../ui/badge.tsx'
import { Key, LinkButton } from '../../ui/button.tsx'
import { Bones, EmptyState, ErrorNotice, Region, Split } from '../../ui/region.tsx'
import { ChooseRun, runColumns } from '../runs/choose-run.tsx'
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
  return (
    <div className={styles['view']}>
      <Split className={styles['chooser']}>
        <ChooseRun place="traces" runs={runs} columns={columns} asked={asked} hint={count(runs.length)}>
          {(run) => <Preview key={run.id} run={run} />}
        </ChooseRun>
      </Split>
    </div>
  )
}

const columns = runColumns({
  key: 'cells',
  title: 'Traces',
  width: '80px',
  align: 'end',
  order: ({ counts }) => counts.done + counts.error,
  text: ({ counts }) => count(counts.done + counts.error),
})

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
