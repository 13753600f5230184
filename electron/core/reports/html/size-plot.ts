import { scaleLinear, scaleLog } from 'd3-scale'
import type { Comparison, Estimate } from '#shared/domain/comparison.ts'
import { briefNames } from '#shared/domain/brief-names.ts'
import { bytesText } from '#shared/domain/figures.ts'
import { frontier, stairs } from '#shared/domain/frontier.ts'
import { dodge, lineBox, placeLabels, type Corner, type Frame } from '#shared/domain/place-labels.ts'
import { html, join, type Markup } from '../markup.ts'
import { namesOf } from '../report-text.ts'
import { colourClass, pointMark } from './marks.ts'

/** Drawn twice, so that letters keep their size where the page is narrow: the style shows one of them. */
const frames = {
  large: { left: 40, right: 508, top: 20, bottom: 196 },
  small: { left: 30, right: 332, top: 20, bottom: 196 },
} as const satisfies Record<string, Frame>

interface Placed {
  readonly variant: Comparison['variants'][number]
  readonly accuracy: Estimate
  readonly name: string
  readonly x: number
  readonly y: number
}

/** Accuracy against file size, with the frontier: the variants that no smaller one equals. */
export const sizePlot = (comparison: Comparison): Markup =>
  html`${scatter(comparison, 'large')}${scatter(comparison, 'small')}`

function scatter(comparison: Comparison, size: keyof typeof frames): Markup {
  const frame = frames[size]
  const shown = comparison.variants.flatMap((variant) =>
    variant.accuracy === null ? [] : [{ variant, accuracy: variant.accuracy }],
  )
  const y = accuracyScale(
    shown.map(({ accuracy }) => accuracy),
    frame,
  )
  const x = sizeScale(
    shown.map(({ variant }) => variant.runVariant.variant.sizeBytes),
    frame,
  )
  const names = namesOf(comparison)
  const placed = sideBySide(
    shown.map(({ variant, accuracy }) => ({
      variant,
      accuracy,
      name: names.get(variant.index) ?? '',
      x: x(variant.runVariant.variant.sizeBytes),
      y: y(100 * accuracy.value),
    })),
  )
  return html`<svg
    class="scatter ${size}"
    viewBox="0 0 ${frame.right + 12} ${frame.bottom + 40}"
    role="img"
    aria-label="Accuracy against file size, with 95 % intervals"
  >
    <text x="0" y="9">accuracy, %</text>
    ${yAxis(y, frame)}${xAxis(x, frame)}${frontierLine(placed, frame)}${placed.map((point) => mark(point, y))}${labels(placed, { y, frame })}
  </svg>`
}

type LinearScale = ReturnType<typeof scaleLinear<number, number>>
type LogScale = ReturnType<typeof scaleLog<number, number>>

function accuracyScale(accuracies: readonly Estimate[], frame: Frame): LinearScale {
  const low = Math.min(...accuracies.map((accuracy) => accuracy.low), 1)
  const high = Math.max(...accuracies.map((accuracy) => accuracy.high), 0)
  const room = Math.max(0.02, 0.1 * (high - low))
  return scaleLinear([100 * Math.max(0, low - room), 100 * Math.min(1, high + room)], [frame.bottom, frame.top])
}

function sizeScale(sizes: readonly number[], frame: Frame): LogScale {
  const low = Math.min(...sizes)
  const high = Math.max(...sizes)
  return scaleLog(Number.isFinite(low) ? [low / 1.25, high * 1.25] : [1, 10], [frame.left, frame.right])
}

function yAxis(y: LinearScale, frame: Frame): Markup {
  return join(
    y
      .ticks(5)
      .map(
        (tick) =>
          html`<line class="grid" x1="${frame.left}" x2="${frame.right}" y1="${y(tick)}" y2="${y(tick)}" /><text
              x="${frame.left - 7}"
              y="${y(tick) + 4}"
              text-anchor="end"
              >${tick}</text
            >`,
      ),
  )
}

function xAxis(x: LogScale, frame: Frame): Markup {
  const [low = 1, high = 10] = x.domain()
  const round = [1, 2, 3, 5].flatMap((digit) => Array.from({ length: 15 }, (_, power) => digit * 10 ** power))
  const ticks = round.filter((size) => size >= low && size <= high).toSorted((a, b) => a - b)
  return html`<path
      class="axis"
      d="M${frame.left} ${frame.bottom + 0.5}H${frame.right}"
    />${ticks.map((size) => html`<line class="axis" x1="${x(size)}" x2="${x(size)}" y1="${frame.bottom}" y2="${frame.bottom + 4}" /><text x="${x(size)}" y="${frame.bottom + 17}" text-anchor="middle">${bytesText(size).replace(/\.0+(?= )/, '')}</text>`)}<text
      x="${frame.right}"
      y="${frame.bottom + 36}"
      text-anchor="end"
      >file size (logarithmic)</text
    >`
}

/** From small to large; points of one size stand side by side. */
function sideBySide(points: readonly Placed[]): readonly Placed[] {
  const sorted = points.toSorted((a, b) => a.x - b.x)
  const xs = dodge(
    sorted.map(({ x }) => x),
    11,
  )
  return sorted.map((point, index) => ({ ...point, x: xs[index] ?? point.x }))
}

function mark({ variant, accuracy, x, y }: Placed, scale: LinearScale): Markup {
  return html`<g class="${colourClass(variant.runVariant)}"
    ><line
      class="bar"
      x1="${x}"
      x2="${x}"
      y1="${scale(100 * accuracy.low)}"
      y2="${scale(100 * accuracy.high)}"
    />${pointMark(variant.runVariant, x, y)}</g
  >`
}

function corners(points: readonly Placed[]): readonly Corner[] {
  const sized = points.map(({ variant, accuracy, x, y }) => ({
    size: variant.runVariant.variant.sizeBytes,
    quality: accuracy.value,
    x,
    y,
  }))
  return stairs(frontier(sized).map(({ x, y }) => ({ x, y })))
}

function frontierLine(points: readonly Placed[], frame: Frame): Markup {
  const path = corners(points)
  if (path.length === 0) return html``
  const d = path.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
  return html`<path class="frontier" d="${d}" /><text
      class="quiet"
      x="${frame.right}"
      y="${frame.top - 8}"
      text-anchor="end"
      >dashed: best accuracy up to that size</text
    >`
}

/** Of the report's font. */
const letterWidth = 6.7
/** Letters beside a mark; the tables have the whole names. */
const nameLength = 22

/** Names beside their marks, where nothing else stands; one that is far away has a line to it. */
function labels(points: readonly Placed[], { y, frame }: { readonly y: LinearScale; readonly frame: Frame }): Markup {
  const texts = briefNames(
    points.map(({ name }) => name.replace(' (simulated)', '')),
    nameLength,
  )
  const path = corners(points)
  const places = placeLabels({
    marks: points.map((point, index) => ({ x: point.x, y: point.y, text: texts[index] ?? '' })),
    bars: points.map(({ accuracy }) => ({ top: y(100 * accuracy.high), bottom: y(100 * accuracy.low) })),
    frame: { ...frame, right: frame.right + 12 },
    others: path.slice(1).map((to, index) => lineBox(path[index] ?? to, to)),
    letterWidth,
  })
  return join(
    points.map((point, index) => {
      const label = places[index]
      if (label == null) return html``
      const lead = label.lead
      return html`${lead === null ? html`` : html`<line class="lead" x1="${point.x}" y1="${point.y}" x2="${lead.x}" y2="${lead.y}" />`}<text
          class="label"
          x="${label.x}"
          y="${label.y}"
          >${texts[index] ?? ''}</text
        >`
    }),
  )
}
