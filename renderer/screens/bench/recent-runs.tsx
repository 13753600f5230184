import type { Run, RunSummary } from '#shared/domain/run.ts'
import { count, duration, moment } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { go } from '../../routing/use-route.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/region.tsx'
import styles from './bench.module.css'
import { RunOutcome } from './run-outcome.tsx'

const shownRuns = 12
const tones: Partial<Record<Run['state'], Tone>> = {
  running: 'live',
  failed: 'bad',
  interrupted: 'warn',
  paused: 'warn',
  cancelled: 'warn',
}

/** The latest runs with their verdicts; one that was stopped says how far it had come. */
export function RecentRuns({ runs }: { readonly runs: readonly RunSummary[] }) {
  return (
    <div className={styles['runs']}>
      <h2>
        Recent runs
        <LinkButton size="small" className="end" href={routeHash('bench', ['specimen'])}>
          Compare the specimen’s precisions
        </LinkButton>
      </h2>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>Run</th>
            <th>State</th>
            <th>What came out, against the reference</th>
            <th className="num only-wide">Time</th>
            <th className="only-wide">Started</th>
          </tr>
        </thead>
        <tbody>
          {runs.slice(0, shownRuns).map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RunRow({ run }: { readonly run: RunSummary }) {
  const href =
    run.state === 'done' ? routeHash(run.isProbeRun ? 'refusals' : 'compare', [run.id]) : routeHash('runs', [run.id])
  return (
    <tr
      data-link
      onClick={() => go(run.state === 'done' ? (run.isProbeRun ? 'refusals' : 'compare') : 'runs', [run.id])}
    >
      <td>
        <a href={href} title={run.name}>
          {run.id} {run.name}
        </a>
        <span className="hint">
          {count(run.counts.total)} cells, {run.suites.map(({ name }) => name).join(', ')}
        </span>
      </td>
      <td>
        <Badge tone={tones[run.state] ?? 'plain'}>{run.state}</Badge>
      </td>
      <td>{run.state === 'done' ? <RunOutcome run={run} /> : <Standing run={run} />}</td>
      <td className="num only-wide">{duration(run.activeSeconds)}</td>
      <td className="only-wide quiet">{moment(run.createdAtMs)}</td>
    </tr>
  )
}

function Standing({ run }: { readonly run: RunSummary }) {
  const { total, done, error } = run.counts
  return (
    <span className="row">
      <span style={{ width: 120 }}>
        <ProgressBar share={total === 0 ? 0 : (done + error) / total} label={`progress of run ${run.id}`} />
      </span>
      {count(done + error)} of {count(total)}
    </span>
  )
}
