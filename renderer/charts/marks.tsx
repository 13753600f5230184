import type { ReactNode } from 'react'
import styles from './chart.module.css'
import { isDiamond, seriesColour, type Series } from './series.ts'

/** The mark of a variant's value: a disc, or a diamond for floats under 16 bit. */
export function PointMark({
  series,
  x,
  y,
  hollow = false,
}: {
  readonly series: Pick<Series, 'precision'>
  readonly x: number
  readonly y: number
  readonly hollow?: boolean
}) {
  const colour = seriesColour(series)
  const paint = hollow
    ? { fill: 'var(--surface-panel)', stroke: colour }
    : { fill: colour, stroke: 'var(--surface-panel)' }
  return isDiamond(series) ? (
    <path style={paint} strokeWidth={1.5} d={`M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}z`} />
  ) : (
    <circle style={paint} strokeWidth={1.5} cx={x} cy={y} r={4.75} />
  )
}

/** The interval of a value, standing or lying. */
export function ErrorLine({
  series,
  from,
  to,
}: {
  readonly series: Pick<Series, 'precision'>
  readonly from: readonly [x: number, y: number]
  readonly to: readonly [x: number, y: number]
}) {
  return (
    <line style={{ stroke: seriesColour(series) }} strokeWidth={1.5} x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
  )
}

/** A mark with its interval and name; what it says in words appears on hover. */
export function Marked({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <g className={styles['marked']}>
      <title>{words}</title>
      {children}
    </g>
  )
}
