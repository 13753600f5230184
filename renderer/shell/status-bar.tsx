import { Lock, LockOpen } from 'lucide-react'
import { useEffect } from 'react'
import { endpointName } from '#shared/domain/engine-name.ts'
import { isWell, whyUnlisted, type EngineStatus } from '#shared/domain/engine.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import { bytes, count, duration } from '../format/numbers.ts'
import { routeHash } from '../routing/route.ts'
import type { Job } from '../stores/jobs-slice.ts'
import { dataOf } from '../stores/loadable.ts'
import { useApp, useAppStore, useLab, useLiveRun } from '../stores/use-app.ts'
import { Dot } from '../ui/badge.tsx'
import { Key } from '../ui/button.tsx'
import { ProgressBar } from '../ui/region.tsx'
import styles from './status-bar.module.css'
import { withoutTicks } from '../ui/coded.tsx'

/** How often engines, memory and runs of other processes are looked at. */
const lookEveryMs = 5000

export function StatusBar() {
  const store = useAppStore()
  const trouble = useTrouble()
  const setOverlay = useApp((state) => state.setOverlay)
  const engines = dataOf(useLab('engines.status', {}))
  const info = dataOf(useLab('lab.info', {}))
  const settings = dataOf(useLab('settings.get', {}))
  const jobs = useApp((state) => state.jobs)
  const preparing = useApp((state) => state.preparing)
  const trying = useApp((state) => state.trial.busy)
  const pulls = jobs.filter(({ request, state }) => request.kind === 'pull' && state === 'running')
  const running = dataOf(useLab('runs.list', {}))?.find(({ state }) => state === 'running')

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return
      store.getState().invalidate((name) => name === 'engines.status' || name === 'lab.info' || name === 'runs.list')
    }, lookEveryMs)
    return () => clearInterval(timer)
  }, [store])

  const leaves = settings?.leavesMachine ?? []
  return (
    <footer className={styles['status']}>
      {trouble !== null && (
        <span role="status">
          <Dot state="bad" /> {trouble}
        </span>
      )}
      {engines?.map((engine) => (
        <EngineMark key={engine.endpoint} engine={engine} />
      ))}
      {running !== undefined && <RunningRun run={running} />}
      {running === undefined && preparing && <a href={routeHash('bench')}>making the specimen’s variants</a>}
      {running === undefined && !preparing && <span className={styles['idle']}>nothing running</span>}
      {trying && <a href={routeHash('bench')}>trying one prompt</a>}
      {pulls.map((job) => (
        <RunningPull key={job.id} job={job} />
      ))}
      {info !== null && (
        <span className="end" title={`data folder: ${info.home}`}>
          <MemoryUse {...info.memory} />
        </span>
      )}
      <a href={routeHash('settings')} title={leaves.join(', ')}>
        {leaves.length === 0 ? <Lock aria-hidden /> : <LockOpen aria-hidden />}
        {leaves.length === 0 ? 'nothing leaves this machine' : `requests go to ${leaves.join(', ')}`}
      </a>
      <button type="button" onClick={() => setOverlay('keys')}>
        <Key>?</Key> keys
      </button>
    </footer>
  )
}

/** Why nothing answers, in one line; null while the lab does. */
function useTrouble(): string | null {
  const connection = useApp((state) => state.connection)
  const labProcess = useApp((state) => state.labProcess)
  if (labProcess === 'down') return 'the lab is down: close Assay and open it again (Help, Show log file says why)'
  if (labProcess === 'restarting') return 'the lab’s process has ended and is being started again'
  if (connection === 'open') return null
  if (connection === 'refused') return 'the lab does not know this page any more: open the address that it printed last'
  return connection === 'lost' ? 'the lab does not answer, trying again' : 'connecting'
}

function MemoryUse({ totalBytes, freeBytes }: { readonly totalBytes: number; readonly freeBytes: number }) {
  const [used, total] = [bytes(totalBytes - freeBytes), bytes(totalBytes)]
  return (
    <>
      memory <b>{used.figure}</b> {used.unit !== total.unit && used.unit} of {total.figure} {total.unit}
      <span className={styles['memory']}>
        <ProgressBar thin share={1 - freeBytes / totalBytes} label="memory in use" />
      </span>
    </>
  )
}

function EngineMark({ engine }: { readonly engine: EngineStatus }) {
  const ready = engine.state === 'ready'
  const why = whyUnlisted(engine)
  const place = ready ? `${engine.version} at ${engine.address}` : engine.address
  return (
    <span title={why === null ? place : withoutTicks(`${why.reason} ${why.hint}`)}>
      <Dot state={isWell(engine) ? 'ok' : engine.state === 'absent' ? 'off' : 'bad'} />
      {endpointName(engine.endpoint, engine.kind)}{' '}
      <b data-ready={ready || undefined}>
        {ready ? engine.version.split(', ').at(-1) : engine.state === 'absent' ? 'not found' : 'broken'}
      </b>
    </span>
  )
}

function RunningPull({ job }: { readonly job: Job }) {
  const name = job.request.kind === 'pull' ? job.request.name : ''
  return (
    <a href={routeHash('variants', ['catalogue'])} title={job.step}>
      Pulling <b>{name}</b>
      <span className={styles['running']}>
        <ProgressBar thin share={job.share} label={`pulling ${name}`} />
      </span>
      {job.share === null ? '' : `${Math.floor(job.share * 100)} %`}
    </a>
  )
}

function RunningRun({ run }: { readonly run: RunSummary }) {
  const live = useLiveRun(run.id)
  const { total, done, error } = live?.counts ?? run.counts
  return (
    <a href={routeHash('runs', [run.id])}>
      <b>Run {run.id}</b>
      <span className={styles['running']}>
        <ProgressBar thin share={total === 0 ? 0 : (done + error) / total} label={`progress of run ${run.id}`} />
      </span>
      {count(done + error)} of {count(total)}
      {live?.secondsLeft != null && `, about ${duration(live.secondsLeft)} left`}
    </a>
  )
}
