import { scaleLinear } from 'd3-scale'
import type { Comparison, Estimate, NoiseFloor } from '#shared/domain/comparison.ts'
import { marginText, signed } from '#shared/domain/figures.ts'
import { html, join, type Markup } from '../markup.ts'

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

/** An interval with caps, or with an arrow where it goes beyond the axis. `y` in pixels. */
export function intervalLine(axis: LossAxis, { low, high }: Estimate, y: number): Markup {
  const from = axis.at(low)
  const to = axis.at(high)
  const cap = (share: number, x: number, side: 1 | -1) =>
    share < axis.low || share > axis.high
      ? html`<svg x="${percent(x)}" y="${y}" overflow="visible">
          <path class="arrow" d="M${side * -1} -4L${side * 6} 0L${side * -1} 4z" />
        </svg>`
      : html`<line class="bar" x1="${percent(x)}" x2="${percent(x)}" y1="${y - 5}" y2="${y + 5}" />`
  return join([
    html`<line class="bar shaft" x1="${percent(from)}" x2="${percent(to)}" y1="${y}" y2="${y}" />`,
    cap(low, from, -1),
    cap(high, to, 1),
  ])
}

/** Where the value itself is beyond the axis: on which side, else null. */
export const offScale = (axis: LossAxis, { value }: Estimate): 'left' | 'right' | null =>
  value < axis.low ? 'left' : value > axis.high ? 'right' : null

/** Tick labels in points; the margin's own label takes the place of a tick too near to it. */
export function lossTicks(axis: LossAxis, margin: number, y: number): Markup {
  const near = (share: number) => Math.abs(axis.at(share) - axis.at(margin)) < 9
  const shown = axis.ticks.filter((tick) => !near(tick) && axis.at(tick) > 3 && axis.at(tick) < 97)
  const label = (share: number) => signed(`${share > 0 ? '+' : ''}${Number((100 * share).toPrecision(6))}`)
  return join([
    ...shown.map(
      (tick) => html`<text x="${percent(axis.at(tick))}" y="${y}" text-anchor="middle">${label(tick)}</text>`,
    ),
    html`<text class="margin-text" x="${percent(axis.at(margin))}" y="${y}" text-anchor="middle"
      ><title>margin: ${marginText(margin)}</title>margin ${label(margin)}</text
    >`,
  ])
}
