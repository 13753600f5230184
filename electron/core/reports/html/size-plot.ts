import { scaleLinear, scaleLog } from 'd3-scale'
import type { Comparison, Estimate } from '#shared/domain/comparison.ts'
import { bytesText } from '#shared/domain/figures.ts'
import { html, join, type Markup } from '../markup.ts'
import { namesOf } from '../report-text.ts'
import { colourClass, pointMark } from './marks.ts'

interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

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
  const placed = dodge(
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
    ${yAxis(y, frame)}${xAxis(x, frame)}${frontier(placed, frame)}${placed.map((point) => mark(point, y))}${labels(placed, frame)}
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

/** Points of one size stand side by side, never jittered. */
function dodge(points: readonly Placed[]): readonly Placed[] {
  const done: Placed[] = []
  for (const point of points.toSorted((a, b) => a.x - b.x)) {
    const near = done.at(-1)
    done.push(near !== undefined && point.x - near.x < 11 ? { ...point, x: near.x + 11 } : point)
  }
  return done
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

function frontier(points: readonly Placed[], frame: Frame): Markup {
  const best: Placed[] = []
  for (const point of points) {
    if (point.accuracy.value > (best.at(-1)?.accuracy.value ?? -1)) best.push(point)
  }
  const [first, ...rest] = best
  if (first === undefined || rest.length === 0) return html``
  const path = rest.map(({ x, y }) => `H${x.toFixed(1)}V${y.toFixed(1)}`).join('')
  return html`<path class="frontier" d="M${first.x.toFixed(1)} ${first.y.toFixed(1)}${path}" /><text
      class="quiet"
      x="${frame.right}"
      y="${frame.top - 8}"
      text-anchor="end"
      >dashed: best accuracy up to that size</text
    >`
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
}

const letterWidth = 6.7
const lineHeight = 14

/** Names beside their marks, at the first place where nothing else stands. */
function labels(points: readonly Placed[], frame: Frame): Markup {
  const taken: Box[] = points.map(({ x, y }) => ({ x: x - 6, y: y + 6, width: 12 }))
  return join(
    points.map((point) => {
      const box = freeBox(point, taken, frame)
      taken.push(box)
      return html`<text class="label" x="${box.x}" y="${box.y}">${point.name}</text>`
    }),
  )
}

function freeBox({ x, y, name }: Placed, taken: readonly Box[], frame: Frame): Box {
  const textWidth = name.length * letterWidth
  const rows = [4, -14, 22, -28, 36, -42, 50]
  const places = rows.flatMap((down) =>
    [x + 9, x - 9 - textWidth].map((left) => ({ x: left, y: y + down, width: textWidth })),
  )
  const inside = places.filter(
    (box) => box.x >= frame.left && box.x + box.width <= frame.right + 12 && box.y > frame.top && box.y < frame.bottom,
  )
  const free = inside.find((box) => taken.every((other) => !overlap(box, other)))
  return free ?? inside[0] ?? { x: Math.max(frame.left, frame.right - textWidth), y, width: textWidth }
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && Math.abs(a.y - b.y) < lineHeight
