import { RotateCcw, X } from 'lucide-react'
import type { Job } from '../../stores/jobs-slice.ts'
import { PrecisionMark } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice, ProgressBar } from '../../ui/region.tsx'
import { amountText, jobName, jobVerb, nextText, paceText, silenceText, stoppedText } from './job-text.ts'
import { useJobActions } from './use-jobs.ts'
import styles from './variants.module.css'

/** Something under way, in the place where its variant will be. */
export function JobRow({ job }: { readonly job: Job }) {
  const { cancel } = useJobActions()
  const name = jobName(job.request)
  const amount = amountText(job)
  const silence = silenceText(job)
  return (
    <div className={styles['job']}>
      <span className={styles['job-name']} title={name}>
        {job.request.kind === 'make' ? <PrecisionMark name={shownType(job.request.type)} /> : <code>{name}</code>}
      </span>
      <span className={styles['job-bar']}>
        <ProgressBar share={job.share} label={`${jobVerb[job.request.kind]} ${name}`} />
      </span>
      {job.request.kind === 'pull' && job.request.endpoint !== 'ollama' && (
        <span className="hint">to {job.request.endpoint}</span>
      )}
      <span className={styles['job-amount']}>{amount ?? jobVerb[job.request.kind]}</span>
      <span className="hint clip grow" title={silence ?? job.step}>
        {silence ?? paceText(job) ?? job.step}
      </span>
      <Button size="small" onClick={() => cancel(job.id)}>
        Cancel
      </Button>
    </div>
  )
}

/** FP8 in a file is always simulated, and says so before it is there. */
export const shownType = (type: string): string => (type.startsWith('FP8') ? `${type} (simulated)` : type)

/** What failed or was stopped, with the engine's word and the way on, where it happened. */
export function FaultRow({ job }: { readonly job: Job }) {
  const { start, dismiss } = useJobActions()
  const { error, request, state } = job
  const what = stoppedText(job)
  const why = nextText(job)
  return (
    <div className={styles['fault']}>
      <Notice
        kind={state === 'cancelled' ? 'info' : 'error'}
        what={
          <span className={styles['fault-text']} title={what}>
            {request.kind !== 'load' && request.kind !== 'unload' && <code>{jobName(request)}</code>} {what}
          </span>
        }
        why={
          <span className="clip" title={why}>
            {why}
          </span>
        }
        {...(error !== null && { copy: `${error.code}: ${what}\n${why}` })}
        actions={
          <>
            <Button size="small" onClick={() => start(request)}>
              <RotateCcw aria-hidden /> {request.kind === 'pull' && job.doneBytes > 0 ? 'Resume' : 'Try again'}
            </Button>
            <Button
              kind="quiet"
              size="icon"
              aria-label="Take this notice away"
              title="Take away"
              onClick={() => dismiss(job.id)}
            >
              <X />
            </Button>
          </>
        }
      />
    </div>
  )
}
