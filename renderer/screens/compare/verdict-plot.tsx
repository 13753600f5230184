import type { Comparison, Estimate, Verdict } from '#shared/domain/comparison.ts'
import { intervalText, marginText, pointsText } from '#shared/domain/figures.ts'
import { lossTickText, type LossAxis } from '#shared/domain/loss-axis.ts'
import { noiseFloorText } from '#shared/domain/verdict-words.ts'
import { textWidth } from '#shared/domain/place-labels.ts'
import { useWidth } from '../../charts/use-width.ts'
import styles from './board.module.css'

/** Of the plots before they have been measured, pixels. */
const usualWidth = 400

const percent = (position: number): string => `${position.toFixed(2)}%`

type Background = Pick<Comparison, 'margin' | 'noiseFloor'>

/** What stands behind every row: the zone beyond the margin, the noise floor, zero and the margin. */
function LossBackground({ axis, margin, noiseFloor }: Background & { readonly axis: LossAxis }) {
  const floor = noiseFloor?.flipRate?.value ?? null
  return (
    <>
      <Band name="worse-zone" from={axis.at(margin)} to={100} />
      {floor !== null && <Band name="floor" from={axis.at(-floor)} to={axis.at(floor)} />}
      <Upright name="zero" x={axis.at(0)} />
      <Upright name="margin" x={axis.at(margin)} />
    </>
  )
}

function Band({ name, from, to }: { readonly name: string; readonly from: number; readonly to: number }) {
  return <rect className={styles[name]} x={percent(from)} y="0" width={percent(Math.max(0, to - from))} height="100%" />
}

function Upright({ name, x }: { readonly name: string; readonly x: number }) {
  return <line className={styles[name]} x1={percent(x)} x2={percent(x)} y1="0" y2="100%" />
}

/** One variant's verdict interval on the axis that all rows share. */
export function VerdictPlot({
  axis,
  background,
  loss,
  verdict,
  height = 30,
  narrow = false,
}: {
  readonly axis: LossAxis
  readonly background: Background
  readonly loss: Estimate | null
  readonly verdict: Verdict | null
  readonly height?: number
  readonly narrow?: boolean
}) {
  const label = loss === null ? 'nothing to compare' : `loss ${intervalText(loss, 'plus')} points`
  return (
    <svg
      className={styles['plot']}
      width="100%"
      height={height}
      role="img"
      aria-label={label}
      data-v={verdict ?? undefined}
    >
      <LossBackground axis={axis} {...background} />
      {loss !== null && (
        <Interval axis={axis} loss={loss} dashed={verdict === 'inconclusive'} middle={height / 2} narrow={narrow} />
      )}
    </svg>
  )
}

/** The reference's own row: the noise floor with its name. */
export function FloorPlot({ axis, background }: { readonly axis: LossAxis; readonly background: Background }) {
  const [place, width] = useWidth<HTMLSpanElement>(usualWidth)
  const rate = background.noiseFloor?.flipRate ?? null
  const words = rate === null ? 'noise floor not measured' : noiseFloorText(rate)
  const edge = axis.at(-(rate?.value ?? 0))
  const fits = (edge / 100) * width > textWidth(words) + 6
  return (
    <span ref={place} className={styles['measured']}>
      <svg className={styles['plot']} width="100%" height={30} aria-hidden="true">
        <LossBackground axis={axis} {...background} />
        <text
          x={percent(fits ? edge : axis.at(background.margin))}
          dx={fits ? -6 : 6}
          y={19}
          textAnchor={fits ? 'end' : 'start'}
        >
          {words}
        </text>
      </svg>
    </span>
  )
}

interface IntervalProps {
  readonly axis: LossAxis
  readonly loss: Estimate
  readonly dashed: boolean
  readonly middle: number
  /** Room for the figure only where a value is off the scale. */
  readonly narrow: boolean
}

function Interval({ axis, loss, dashed, middle, narrow }: IntervalProps) {
  const { value, low, high } = loss
  if (value > axis.high || value < axis.low)
    return <OffScale loss={loss} side={value > axis.high ? 1 : -1} middle={middle} narrow={narrow} />
  const [from, to] = [axis.at(low), axis.at(high)]
  const bar = { className: styles['interval'], y1: middle, y2: middle }
  const cap = (x: number) => (
    <line className={styles['interval']} x1={percent(x)} x2={percent(x)} y1={middle - 5} y2={middle + 5} />
  )
  return (
    <>
      <line {...bar} x1={percent(from)} x2={percent(to)} strokeDasharray={dashed ? '4 3' : undefined} />
      {low < axis.low ? <Arrow x={from} side={-1} middle={middle} /> : cap(from)}
      {high > axis.high ? <Arrow x={to} side={1} middle={middle} /> : cap(to)}
      <circle className={styles[dashed ? 'value-open' : 'value']} cx={percent(axis.at(value))} cy={middle} r={4.5} />
    </>
  )
}

/** A value beyond the axis: an arrow towards it and its figure. */
function OffScale({ loss, side, middle, narrow }: Omit<IntervalProps, 'axis' | 'dashed'> & { readonly side: 1 | -1 }) {
  const [near, far] = side === 1 ? [92, 98] : [8, 2]
  return (
    <>
      <line className={styles['interval']} x1={percent(near)} x2={percent(far)} y1={middle} y2={middle} />
      <Arrow x={far} side={side} middle={middle} />
      <text
        className={styles['direct']}
        x={percent(near)}
        dx={-6 * side}
        y={middle + 4}
        textAnchor={side === 1 ? 'end' : 'start'}
      >
        {narrow ? '' : 'off the scale: '}
        {pointsText(loss, 'plus').value}
      </text>
    </>
  )
}

function Arrow({ x, side, middle }: { readonly x: number; readonly side: 1 | -1; readonly middle: number }) {
  return (
    <svg x={percent(x)} y={middle} overflow="visible">
      <path className={styles['arrow']} d={`M${-side} -5L${7 * side} 0L${-side} 5z`} />
    </svg>
  )
}

/** Round values over the plots; the margin's own label takes the place of a tick too near to it. */
export function LossTicks({ axis, margin }: { readonly axis: LossAxis; readonly margin: number }) {
  const [place, width] = useWidth<HTMLSpanElement>(usualWidth)
  const apart = (100 * textWidth(`margin ${lossTickText(margin)}`)) / Math.max(1, width)
  const shown = axis.ticks.filter((tick) => {
    const x = axis.at(tick)
    return Math.abs(x - axis.at(margin)) >= apart && x > 4 && x < 96
  })
  return (
    <span ref={place} className={styles['measured']}>
      <svg className={styles['plot']} width="100%" height={26} aria-hidden="true">
        {shown.map((tick, index) => (
          <text key={tick} x={percent(axis.at(tick))} y={17} textAnchor="middle">
            {lossTickText(tick)}
            {index === 0 && ' points'}
          </text>
        ))}
        <text className={styles['margin-text']} x={percent(axis.at(margin))} y={17} textAnchor="middle">
          <title>{`margin: ${marginText(margin)}`}</title>
          margin {lossTickText(margin)}
        </text>
      </svg>
    </span>
  )
}
