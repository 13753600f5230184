import { RotateCcw } from 'lucide-react'
import type { Job } from '../../stores/jobs-slice.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice, Notice, ProgressBar } from '../../ui/region.tsx'
import { amountText, silenceText } from './job-text.ts'
import { useJobActions } from './use-jobs.ts'
import panelStyles from './panel.module.css'
import styles from './variants.module.css'

/** How far the file is that was started here; when it is there, its panel takes this one's place. */
export function MakeProgress({ job }: { readonly job: Job }) {
  const { start, cancel } = useJobActions()
  const again = (
    <Button size="small" onClick={() => start(job.request)}>
      <RotateCcw aria-hidden /> Try again
    </Button>
  )
  const step = silenceText(job) ?? (job.step === '' ? 'reading the source' : job.step)
  switch (job.state) {
    case 'running':
      return (
        <div className={panelStyles['progress']}>
          <ProgressBar share={job.share} label="making the file" />
          <div className="row">
            <span className="clip hint grow" title={step}>
              {step}
            </span>
            <span className={styles['nowrap']}>{amountText(job)}</span>
            <Button size="small" onClick={() => cancel(job.id)}>
              Cancel
            </Button>
          </div>
        </div>
      )
    case 'failed':
      return job.error === null ? null : <ErrorNotice error={job.error} actions={again} />
    case 'cancelled':
      return <Notice kind="info" what="Cancelled" why="Nothing half made is left behind." actions={again} />
    default:
      return null
  }
}
