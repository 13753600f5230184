import { memo, useMemo } from 'react'
import type { Cell, RunVariant, VariantProgress } from '#shared/domain/run.ts'
import { bytes, count, duration, speed } from '../../../format/numbers.ts'
import type { Lane, LiveCell } from '../../../stores/live-run-slice.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useLab } from '../../../stores/use-app.ts'
import { Badge, PrecisionMark } from '../../../ui/badge.tsx'
import { LastCells } from './last-cells.tsx'
import { LiveLaneText, StoredLaneText, type StoredCell } from './lane-text.tsx'
import { sameFocus, type Focus } from './use-focus.ts'
import styles from './lane-view.module.css'

const shownLast = 5

export interface LaneViewProps {
  readonly run: number
  readonly runVariant: RunVariant
  readonly name: string
  /** The name where there is little room. */
  readonly brief: string
  readonly progress: VariantProgress | null
  readonly lane: Lane | null
  readonly stored: StoredCell | null
  readonly focus: Focus
  /** Whether its cell of the prompt that is shown has ended. */
  readonly hasRun: boolean
  /** True where the newest cell is followed and another lane leads: this one then shows what itself writes. */
  readonly ownPace: boolean
  /** What is said while it waits; null where it does not. */
  readonly waits: { readonly forName: string | null; readonly seconds: number | null } | null
}

/** One variant: what it writes for the prompt that is shown, at which pace, and the cells before. */
export const LaneView = memo(function LaneView(props: LaneViewProps) {
  const { run, runVariant, name, brief, progress, lane, stored, waits } = props
  const live = shownLive(props)
  const cell = live === null && stored !== null && isOver(stored) ? stored.cell : null
  return (
    <section className={styles['lane']} aria-label={name}>
      <div className={styles['lanehead']}>
        <PrecisionMark
          name={runVariant.variant.precision.name}
          label={brief}
          whole={name}
          {...(runVariant.role === 'reference' && { note: 'reference' })}
        />
        <span className="end">
          <StandBadge progress={progress} lane={lane} />
        </span>
      </div>
      <LaneMeta runVariant={runVariant} live={live} cell={cell} waits={waits} />
      {/* Text that scrolls has to be reachable without a pointer. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles['stream']} tabIndex={0} role="region" aria-label={`Text of ${name}`}>
        <div>
          <LaneText {...props} live={live} />
        </div>
      </div>
      <Latest run={run} index={runVariant.index} lane={lane} ran={(progress?.done ?? 0) + (progress?.error ?? 0)} />
    </section>
  )
})

const isOver = ({ cell }: StoredCell): boolean => cell.state === 'done' || cell.state === 'error'

/** The cell whose text comes from the stream: the shown one while it runs, and until its trace has been read. */
function shownLive({ lane, stored, focus, ownPace }: LaneViewProps): LiveCell | null {
  const running = lane?.running.find((cell) => sameFocus(cell, focus))
  if (running !== undefined) return running
  if (ownPace) return lane?.running.at(-1) ?? null
  const hasTrace = stored !== null && isOver(stored)
  return !hasTrace && lane?.ended != null && sameFocus(lane.ended, focus) ? lane.ended : null
}

function LaneText({
  stored,
  lane,
  waits,
  live,
  hasRun,
  runVariant,
}: LaneViewProps & { readonly live: LiveCell | null }) {
  if (live !== null) return <LiveLaneText cell={live} running={lane?.running.includes(live) ?? false} />
  if (stored !== null && isOver(stored)) return <StoredLaneText stored={stored} />
  if (hasRun) return <p className={styles['waits']}>Its text is being read.</p>
  if (lane?.phase === 'loading' || lane?.phase === 'warming') {
    const size = bytes(runVariant.variant.sizeBytes)
    return (
      <p className={styles['waits']}>
        <b>{lane.phase === 'loading' ? 'Is being loaded.' : 'Warms up.'}</b> {size.figure} {size.unit} of weights; the
        first generation after a load is not measured.
      </p>
    )
  }
  if (waits !== null) return <Waits waits={waits} runVariant={runVariant} />
  return <p className={styles['waits']}>This prompt has not run yet.</p>
}

function Waits({
  waits,
  runVariant,
}: {
  readonly waits: NonNullable<LaneViewProps['waits']>
  readonly runVariant: RunVariant
}) {
  const size = bytes(runVariant.variant.sizeBytes)
  return (
    <p className={styles['waits']}>
      <b>{waits.forName === null ? 'Has not run.' : `Waits for ${waits.forName}.`}</b>{' '}
      {waits.forName !== null && 'One variant is loaded at a time, so that times can be compared. '}
      {size.figure} {size.unit} to load.
    </p>
  )
}

function StandBadge({ progress, lane }: { readonly progress: VariantProgress | null; readonly lane: Lane | null }) {
  if (progress === null) return null
  const { done, error, total } = progress
  const of = `${count(done)} of ${count(total)}`
  if (lane !== null && lane.phase === 'running') return <Badge tone="live">running {of}</Badge>
  if (lane !== null && !['waiting', 'unloading'].includes(lane.phase)) return <Badge tone="live">{lane.phase}</Badge>
  if (error > 0) {
    return (
      <Badge tone="bad">
        {of}, {count(error)} {error === 1 ? 'error' : 'errors'}
      </Badge>
    )
  }
  return <Badge>{done === 0 ? 'waiting' : of}</Badge>
}

function LaneMeta({
  runVariant,
  live,
  cell,
  waits,
}: {
  readonly runVariant: RunVariant
  readonly live: LiveCell | null
  readonly cell: Cell | null
  readonly waits: LaneViewProps['waits']
}) {
  const size = bytes(runVariant.variant.sizeBytes)
  if (live === null && cell === null) {
    return (
      <dl className={styles['meta']}>
        <Meta name="size" value={`${size.figure} ${size.unit}`} />
        <Meta name="starts in" value={waits?.seconds == null ? '-' : `about ${duration(waits.seconds)}`} />
        <Meta name="thinking" value="-" />
      </dl>
    )
  }
  const pace = live?.tokensPerSecond ?? cell?.tokensPerSecond ?? null
  const firstMs = live?.firstTokenMs ?? cell?.firstTokenMs ?? null
  const thinking = live === null ? (cell?.thinkingTokens ?? null) : live.answer.chars > 0 ? null : live.tokens
  return (
    <dl className={styles['meta']}>
      <Meta name="tokens/s" value={pace === null ? '-' : speed(pace)} />
      <Meta name="first token" value={firstMs === null ? '-' : `${(firstMs / 1000).toFixed(2)} s`} />
      <Meta name="thinking" value={thinking === null ? '-' : `${count(thinking)}${live === null ? '' : '…'}`} />
    </dl>
  )
}

function Meta({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** Cells that ended while somebody watched, and before them those that had ended already. */
function Latest({
  run,
  index,
  lane,
  ran,
}: {
  readonly run: number
  readonly index: number
  readonly lane: Lane | null
  readonly ran: number
}) {
  const enough = (lane?.last.length ?? 0) >= shownLast
  const page = dataOf(
    useLab(
      'cells.page',
      enough || ran === 0
        ? null
        : {
            run,
            filter: { variantIndexes: [index], states: ['done', 'error'] },
            descending: true,
            limit: shownLast,
          },
    ),
  )
  const last = lane?.last
  const cells = useMemo(() => {
    const seen = last ?? []
    const earlier = (page?.rows ?? []).filter(({ id }) => !seen.some((cell) => cell.id === id))
    return [...seen, ...earlier].slice(0, shownLast)
  }, [last, page])
  return <LastCells cells={cells} />
}
