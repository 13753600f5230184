import { scaleLinear } from 'd3-scale'
import type { Comparison, Estimate, NoiseFloor } from '#shared/domain/comparison.ts'
import { marginText, signed } from '#shared/domain/figures.ts'
import type { RunVariant } from '#shared/domain/run.ts'
import { html, join, type Markup } from '../markup.ts'
import { pointMark } from './marks.ts'

/** One axis of losses for all rows of a plot. Positions are percentages of the plot's width. */
export interface LossAxis {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  /** Of a share, within 0 and 100. */
  at(share: number): number
}

interface AxisInput {
  readonly losses: readonly (Estimate | null)[]
  readonly margin: number
  readonly noiseFloor: NoiseFloor | null
}

/** Wide enough for the margin, the noise floor and most intervals; one far away must not press the others together. */
export function lossAxis({ losses, margin, noiseFloor }: AxisInput): LossAxis {
  const seen = losses.filter((loss) => loss !== null)
  const reach = seen.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))).toSorted((a, b) => a - b)
  const usual = reach[Math.floor(0.6 * (reach.length - 1))] ?? 0
  const limit = Math.max(3 * margin, 1.3 * usual)
  const ends = [-1.25 * margin, 2 * margin, -(noiseFloor?.flipRate?.value ?? 0)]
  const inside = seen.flatMap(({ low, high }) => [low, high]).filter((end) => Math.abs(end) <= limit)
  const domain = [Math.min(...ends, ...inside), Math.max(...ends, ...inside)] as const
  const span = domain[1] - domain[0]
  const scale = scaleLinear(
    [domain[0] - 0.04 * span, domain[1] + 0.04 * span].map((share) => 100 * share),
    [0, 100],
  )
  const [low = 0, high = 0] = scale.domain().map((points) => points / 100)
  return {
    low,
    high,
    ticks: scale.ticks(6).map((points) => points / 100),
    at: (share) => Math.max(0, Math.min(100, scale(100 * share))),
  }
}

export const percent = (position: number): string => `${position.toFixed(2)}%`

/** What stands behind every row: worse zone, noise floor, grid, zero and margin. */
export function lossBackground(
  axis: LossAxis,
  { margin, noiseFloor }: Pick<Comparison, 'margin' | 'noiseFloor'>,
): Markup {
  const floor = noiseFloor?.flipRate?.value ?? null
  const band = (low: number, high: number, name: string) =>
    html`<rect
      class="${name}"
      x="${percent(axis.at(low))}"
      y="0"
      width="${percent(axis.at(high) - axis.at(low))}"
      height="100%"
    />`
  return join([
    band(margin, axis.high, 'worse-zone'),
    ...(floor === null ? [] : [band(-floor, floor, 'floor')]),
    verticalLine(axis.at(0), 'zero'),
    verticalLine(axis.at(margin), 'margin'),
  ])
}

const verticalLine = (x: number, name: string): Markup =>
  html`<line class="${name}" x1="${percent(x)}" x2="${percent(x)}" y1="0" y2="100%" />`

/** An interval and its value about y = 0, with arrows where they go beyond the axis. */
export function intervalMark(axis: LossAxis, loss: Estimate, runVariant: RunVariant): Markup {
  const { value, low, high } = loss
  if (value > axis.high)
    return html`<text class="off" x="95%" y="4" text-anchor="end">off the scale</text>${arrow(97, 1)}`
  if (value < axis.low) return html`<text class="off" x="5%" y="4">off the scale</text>${arrow(3, -1)}`
  const from = axis.at(low)
  const to = axis.at(high)
  return join([
    html`<line class="bar shaft" x1="${percent(from)}" x2="${percent(to)}" y1="0" y2="0" />`,
    low < axis.low ? arrow(from, -1) : cap(from),
    high > axis.high ? arrow(to, 1) : cap(to),
    pointMark(runVariant, percent(axis.at(value)), 0),
  ])
}

const cap = (x: number): Markup => html`<line class="bar" x1="${percent(x)}" x2="${percent(x)}" y1="-5" y2="5" />`

const arrow = (x: number, side: 1 | -1): Markup =>
  html`<svg x="${percent(x)}" overflow="visible">
    <path class="arrow" d="M${-side} -5L${side * 7} 0L${-side} 5z" />
  </svg>`

/** Tick labels in points. The margin's own label takes the place of ticks too near to it; a sparse axis has room for few. */
export function lossTicks(
  axis: LossAxis,
  margin: number,
  { y, sparse }: { readonly y: number; readonly sparse: boolean },
): Markup {
  const room = sparse ? 9 : 15
  const ticks = sparse
    ? axis.ticks.filter((tick) => tick === 0 || Math.abs(tick) >= 0.9 * Math.max(...axis.ticks))
    : axis.ticks
  const shown = ticks.filter(
    (tick) => Math.abs(axis.at(tick) - axis.at(margin)) >= room && axis.at(tick) > 3 && axis.at(tick) < 97,
  )
  const label = (share: number) => signed(`${share > 0 ? '+' : ''}${Number((100 * share).toPrecision(6))}`)
  return join([
    ...shown.map(
      (tick) => html`<text x="${percent(axis.at(tick))}" y="${y}" text-anchor="middle">${label(tick)}</text>`,
    ),
    html`<text class="margin-text" x="${percent(axis.at(margin))}" y="${y}" text-anchor="middle"
      ><title>margin: ${marginText(margin)}</title>${sparse ? '' : 'margin '}${label(margin)}</text
    >`,
  ])
}
