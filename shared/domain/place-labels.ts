/** A mark in a plot with the name that shall stand beside it, `''` for none. Pixels. */
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

export type Box = Frame

export interface Corner {
  readonly x: number
  readonly y: number
}

/** Where a name begins (its left end, its base line), and from where a line leads to its mark where it is far away. */
export interface PlacedLabel {
  readonly x: number
  readonly y: number
  readonly lead: Corner | null
  readonly box: Box
}

export interface LabelPlan {
  readonly marks: readonly Mark[]
  /** Pixel spans of the error bars, one a mark. */
  readonly bars: readonly { readonly top: number; readonly bottom: number }[]
  readonly frame: Frame
  /** What else must not be covered: lines, and texts that are there already. */
  readonly others?: readonly Box[]
  /** Of the names' font, pixels. */
  readonly letterWidth?: number
}

const usualLetter = 6.4
const ascent = 9
const lineHeight = 12
/** Half of a mark with its edge. */
const markRadius = 6
/** A name further away than this from its mark is led to. */
const nearPixels = 24

export const textWidth = (text: string, letterWidth = usualLetter): number => text.length * letterWidth

/** A line of a plot that names must keep clear of. */
export const lineBox = (from: Corner, to: Corner): Box => ({
  left: Math.min(from.x, to.x) - 2,
  right: Math.max(from.x, to.x) + 2,
  top: Math.min(from.y, to.y) - 2,
  bottom: Math.max(from.y, to.y) + 2,
})

/**
 * Names beside their marks, one a mark: none covers another name, a mark, an error bar, any of `others` or the frame's edge,
 * nor a line that leads to a name while that can be helped. Null where there is no such place left: a name that cannot be read
 * says less than none.
 */
export function placeLabels({
  marks,
  bars,
  frame,
  others = [],
  letterWidth = usualLetter,
}: LabelPlan): readonly (PlacedLabel | null)[] {
  const taken: Box[] = [...others, ...marks.flatMap((mark, index) => boxesOf(mark, bars[index]))]
  const names: Box[] = []
  const leads: Segment[] = []
  return marks.map((mark, index) => {
    if (mark.text === '') return null
    const spot: Spot = { mark, bar: bars[index] ?? { top: mark.y, bottom: mark.y }, frame, letterWidth }
    const isFree = ({ box }: Place) => within(box, frame) && taken.every((other) => !overlap(box, other))
    const alien = marks.flatMap((other, at) => (at === index ? [] : boxesOf(other, bars[at])))
    const isClear = ({ box, lead }: Place) =>
      leads.every((line) => !crosses(line, box)) &&
      (lead === null || [...names, ...alien].every((thing) => !crosses(lead, thing)))
    const isOwn = (box: Box) => marks.every((other) => awayFrom(box, mark) <= awayFrom(box, other))
    const near = nearPlaces(spot).filter((place) => isFree(place) && isOwn(place.box))
    const far = near.some(isClear) ? [] : farPlaces(spot, isOwn).filter(isFree)
    const found = near.find(isClear) ?? far.find(isClear) ?? near[0] ?? far[0]
    if (found === undefined) return null
    taken.push(found.box)
    names.push(found.box)
    if (found.lead !== null) leads.push(found.lead)
    return { x: found.box.left, y: found.box.top + ascent, lead: found.lead?.to ?? null, box: found.box }
  })
}

const boxesOf = (
  { x, y }: Mark,
  bar: { readonly top: number; readonly bottom: number } | undefined,
): readonly Box[] => [
  { left: x - markRadius, right: x + markRadius, top: y - markRadius, bottom: y + markRadius },
  { left: x - 2, right: x + 2, top: bar?.top ?? y, bottom: bar?.bottom ?? y },
]

interface Spot {
  readonly mark: Mark
  readonly bar: { readonly top: number; readonly bottom: number }
  readonly frame: Frame
  readonly letterWidth: number
}

interface Segment {
  readonly from: Corner
  readonly to: Corner
}

interface Place {
  readonly box: Box
  readonly lead: Segment | null
}

/** Up, right, left, down: where a name is read as its mark's without a line. */
const offsets: readonly (readonly [side: -1 | 0 | 1, down: number])[] = [
  [0, -12],
  [1, 4],
  [-1, 4],
  [0, 20],
  [1, -10],
  [-1, -10],
  [1, 18],
  [-1, 18],
]

function nearPlaces({ mark: { x, y, text }, bar, frame, letterWidth }: Spot): readonly Place[] {
  const width = textWidth(text, letterWidth)
  return offsets.map(([side, down]) => {
    const left = side === 0 ? centred(x, width, frame) : side === 1 ? x + markRadius + 4 : x - markRadius - 4 - width
    // Straight above or below, the name has to clear the error bar.
    const clear = side !== 0 ? 0 : down < 0 ? Math.min(0, bar.top + 6 - y) : Math.max(0, bar.bottom - 6 - y)
    return { box: boxAt(left, y + down + clear - ascent, width), lead: null }
  })
}

/** Everywhere in the frame, the nearest first, with a line to the mark where it is not plain whose name it is. */
function farPlaces({ mark, frame, letterWidth }: Spot, isOwn: (box: Box) => boolean): readonly Place[] {
  const width = textWidth(mark.text, letterWidth)
  const places: { readonly box: Box; readonly distance: number }[] = []
  for (let top = frame.top; top + lineHeight <= frame.bottom; top += 5) {
    for (let left = frame.left; left + width <= frame.right; left += 7) {
      const box = boxAt(left, top, width)
      const end = nearestEnd(box, mark)
      places.push({ box, distance: Math.hypot(end.x - mark.x, end.y - mark.y) })
    }
  }
  return places
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ box, distance }) => ({
      box,
      lead: distance < nearPixels && isOwn(box) ? null : { from: mark, to: nearestEnd(box, mark) },
    }))
}

/** The point of a name's edge that a line from its mark comes to. */
const nearestEnd = (box: Box, { x, y }: Mark): Corner => ({
  x: Math.max(box.left, Math.min(box.right, x)),
  y: Math.max(box.top, Math.min(box.bottom, y)),
})

const boxAt = (left: number, top: number, width: number): Box => ({
  left,
  right: left + width,
  top,
  bottom: top + lineHeight,
})

/** Over its mark, pushed away from the frame's edge by less than half its width. */
function centred(x: number, width: number, frame: Frame): number {
  const wanted = x - width / 2
  const pushed = Math.max(frame.left, Math.min(frame.right - width, wanted))
  return Math.abs(pushed - wanted) < width / 2 ? pushed : wanted
}

/** How far a name is from a mark; of two that it lies on top of, the one in its middle is the nearer. */
const awayFrom = (box: Box, mark: Mark): number => {
  const edge = nearestEnd(box, mark)
  return Math.hypot(edge.x - mark.x, edge.y - mark.y) + 0.01 * Math.abs((box.left + box.right) / 2 - mark.x)
}

const within = (box: Box, frame: Frame): boolean =>
  box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Whether a line goes through a box (Liang and Barsky). */
function crosses({ from, to }: Segment, box: Box): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  let [enter, leave] = [0, 1]
  const edges = [
    [-dx, from.x - box.left],
    [dx, box.right - from.x],
    [-dy, from.y - box.top],
    [dy, box.bottom - from.y],
  ] as const
  for (const [direction, distance] of edges) {
    if (direction === 0 && distance < 0) return false
    if (direction < 0) enter = Math.max(enter, distance / direction)
    if (direction > 0) leave = Math.min(leave, distance / direction)
  }
  return enter < leave
}

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
