/** A mark in a plot with the name that shall stand beside it. Pixels. */
export interface Mark {
  readonly x: number
  readonly y: number
  readonly text: string
}

export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Where a name begins (its left end, its base line), and whether it is so far away that a line has to lead to it. */
export interface PlacedLabel {
  readonly x: number
  readonly y: number
  readonly led: boolean
  readonly box: Box
}

export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const letterWidth = 6.4
const ascent = 9
const lineHeight = 12
/** Half of a mark with its edge. */
const markRadius = 6

/** Up, right, left, down, then further away: the first place where nothing else stands. */
const offsets: readonly (readonly [side: -1 | 0 | 1, down: number])[] = [
  [0, -12],
  [1, 4],
  [-1, 4],
  [0, 20],
  [1, -10],
  [-1, -10],
  [1, 18],
  [-1, 18],
  ...[26, 40, 54, 68, 82].flatMap((far): (readonly [-1 | 0 | 1, number])[] => [
    [0, -far],
    [1, -far],
    [-1, -far],
    [0, far + 8],
    [1, far + 8],
    [-1, far + 8],
  ]),
]

/**
 * Names beside their marks so that none covers another name, a mark, an error bar or the frame's edge, as far as there is room.
 * `bars`: pixel spans of the error bars, one a mark. `others`: what else must not be covered.
 */
export function placeLabels(
  marks: readonly Mark[],
  bars: readonly { readonly top: number; readonly bottom: number }[],
  frame: Frame,
  others: readonly Box[] = [],
): readonly PlacedLabel[] {
  const taken: Box[] = [...others]
  for (const [index, { x, y }] of marks.entries()) {
    const bar = bars[index] ?? { top: y, bottom: y }
    taken.push(
      { left: x - markRadius, right: x + markRadius, top: y - markRadius, bottom: y + markRadius },
      { left: x - 2, right: x + 2, top: bar.top, bottom: bar.bottom },
    )
  }
  return marks.map((mark, index) => {
    const places = offsets.map((offset) => labelAt(mark, offset, { bar: bars[index], frame }))
    const inside = places.filter(({ box }) => within(box, frame))
    const free = inside.find(({ box }) => taken.every((other) => !overlap(box, other)))
    const chosen = free ?? inside[0] ?? clampedInside(mark, frame)
    taken.push(chosen.box)
    return { x: chosen.box.left, y: chosen.box.top + ascent, led: chosen.far, box: chosen.box }
  })
}

interface Place {
  readonly box: Box
  readonly far: boolean
}

function labelAt(
  { x, y, text }: Mark,
  [side, down]: readonly [-1 | 0 | 1, number],
  {
    bar,
    frame,
  }: { readonly bar: { readonly top: number; readonly bottom: number } | undefined; readonly frame: Frame },
): Place {
  const width = textWidth(text)
  const left = side === 0 ? centred(x, width, frame) : side === 1 ? x + markRadius + 4 : x - markRadius - 4 - width
  // Straight above or below, the name has to clear the error bar.
  const clear =
    side !== 0 || bar === undefined ? 0 : down < 0 ? Math.min(0, bar.top + 6 - y) : Math.max(0, bar.bottom - 6 - y)
  const top = y + down + clear - ascent
  return { box: { left, right: left + width, top, bottom: top + lineHeight }, far: Math.abs(down) > 24 }
}

/** Over its mark, pushed away from the frame's edge by less than half its width. */
function centred(x: number, width: number, frame: Frame): number {
  const wanted = x - width / 2
  const pushed = Math.max(frame.left, Math.min(frame.right - width, wanted))
  return Math.abs(pushed - wanted) < width / 2 ? pushed : wanted
}

function clampedInside({ x, y, text }: Mark, frame: Frame): Place {
  const width = textWidth(text)
  const left = Math.max(frame.left, Math.min(frame.right - width, x - width / 2))
  const top = Math.max(frame.top, Math.min(frame.bottom - lineHeight, y - 20))
  return { box: { left, right: left + width, top, bottom: top + lineHeight }, far: false }
}

export const textWidth = (text: string): number => text.length * letterWidth

const within = (box: Box, frame: Frame): boolean =>
  box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Marks nearer than `gap` in x stand side by side, in the order given, about where they were: never jittered. */
export function dodge(xs: readonly number[], gap: number): readonly number[] {
  const order = xs.map((x, index) => ({ x, index })).toSorted((a, b) => a.x - b.x || a.index - b.index)
  const out = [...xs]
  let group: { x: number; index: number }[] = []
  const settle = () => {
    const centre = group.reduce((sum, { x }) => sum + x, 0) / group.length
    group.forEach(({ index }, place) => {
      out[index] = centre + (place - (group.length - 1) / 2) * gap
    })
  }
  for (const point of order) {
    const last = group.at(-1)
    if (last !== undefined && point.x - last.x >= gap) {
      if (group.length > 1) settle()
      group = []
    }
    group.push(point)
  }
  if (group.length > 1) settle()
  return out
}
