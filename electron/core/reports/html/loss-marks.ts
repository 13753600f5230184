import type { Comparison, Estimate } from '#shared/domain/comparison.ts'
import { marginText } from '#shared/domain/figures.ts'
import { lossTickText, type LossAxis } from '#shared/domain/loss-axis.ts'
import type { RunVariant } from '#shared/domain/run.ts'
import { html, join, type Markup } from '../markup.ts'
import { pointMark } from './marks.ts'

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
  return join([
    ...shown.map(
      (tick) => html`<text x="${percent(axis.at(tick))}" y="${y}" text-anchor="middle">${lossTickText(tick)}</text>`,
    ),
    html`<text class="margin-text" x="${percent(axis.at(margin))}" y="${y}" text-anchor="middle"
      ><title>margin: ${marginText(margin)}</title>${sparse ? '' : 'margin '}${lossTickText(margin)}</text
    >`,
  ])
}
