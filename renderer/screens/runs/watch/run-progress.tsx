import { memo } from 'react'
import type { CellCounts, RunPlan, RunState, VariantProgress } from '#shared/domain/run.ts'
import { briefVariantNames } from '#shared/domain/variant-names.ts'
import { count, duration, speed } from '../../../format/numbers.ts'
import { CutName } from '../../../ui/cut-name.tsx'
import styles from './run-progress.module.css'

export interface RunProgressProps {
  readonly counts: CellCounts
  readonly state: RunState
  readonly activeSeconds: number
  readonly plan: RunPlan
  readonly variants: readonly VariantProgress[] | null
  readonly names: ReadonlyMap<number, string>
  /** The variant that runs now; null where none does. */
  readonly now: number | null
}

/** How far the run has come: in all, by variant with its time, and at which pace. */
export const RunProgress = memo(function RunProgress(props: RunProgressProps) {
  const { counts, state, activeSeconds, plan, variants, names, now } = props
  const ran = counts.done + counts.error
  const running = state === 'running'
  const briefs = briefVariantNames(names)
  const left = sumLeft(variants)
  const loaded = variants?.filter(({ variantIndex, done, error }) => done + error > 0 || variantIndex === now).length
  const perMinute = activeSeconds > 0 && ran > 0 ? (60 * ran) / activeSeconds : null
  return (
    <section className={styles['progress']} aria-label="Progress">
      <div className={styles['count']}>
        <b>{count(ran)}</b> <span className="unit">of {count(counts.total)} cells</span>
      </div>
      <div className={styles['segments']}>
        {variants?.map((variant) => (
          <Segment
            key={variant.variantIndex}
            variant={variant}
            name={names.get(variant.variantIndex) ?? ''}
            brief={briefs.get(variant.variantIndex) ?? ''}
            now={running && variant.variantIndex === now}
          />
        ))}
      </div>
      <dl className={styles['facts']}>
        {running || counts.pending > 0 ? (
          <Fact
            name="left"
            value={left === null ? '-' : duration(left)}
            title={
              left === null
                ? 'Not known before some cells have run.'
                : 'From the pace of its cells, and of earlier runs where a variant has not begun.'
            }
          />
        ) : (
          <Fact name="time" value={duration(activeSeconds)} title="Pauses and interruptions left out." />
        )}
        <Fact name="loads" value={loaded === undefined ? '-' : String(loaded)} unit={`of ${plan.loads}`} />
        <Fact name="rate" value={perMinute === null ? '-' : speed(perMinute)} unit="cells / min" />
        <Fact name="errors" value={count(counts.error)} />
      </dl>
    </section>
  )
})

function Segment({
  variant,
  name,
  brief,
  now,
}: {
  readonly variant: VariantProgress
  readonly name: string
  readonly brief: string
  readonly now: boolean
}) {
  const { total, done, error } = variant
  const share = total === 0 ? 0 : (done + error) / total
  const time = timeText(variant, now)
  return (
    <div className={styles['segment']} data-now={now || undefined}>
      <div
        role="progressbar"
        aria-label={`${name}: ${done + error} of ${total} cells`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <span className={styles['segmentname']} title={time === '' ? name : `${name}, ${time}`}>
        <CutName name={brief.replace(' (simulated)', ' sim.')} />
        <small>{time}</small>
      </span>
    </div>
  )
}

/** `31 min` once it has run, `6 min of about 13 min` while it does, `about 11 min` before. */
function timeText({ total, done, error, seconds, secondsLeft }: VariantProgress, now: boolean): string {
  const ran = done + error
  if (ran === total) return duration(seconds)
  if (ran === 0 && !now) return secondsLeft === null ? '' : `about ${duration(secondsLeft)}`
  return secondsLeft === null ? duration(seconds) : `${duration(seconds)} of about ${duration(seconds + secondsLeft)}`
}

function sumLeft(variants: readonly VariantProgress[] | null): number | null {
  if (variants === null) return null
  return variants.reduce<number | null>(
    (sum, { secondsLeft }) => (sum === null || secondsLeft === null ? null : sum + secondsLeft),
    0,
  )
}

function Fact({
  name,
  value,
  unit,
  title,
}: {
  readonly name: string
  readonly value: string
  readonly unit?: string
  readonly title?: string
}) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>
        {value} {unit !== undefined && <span>{unit}</span>}
      </dd>
    </div>
  )
}
