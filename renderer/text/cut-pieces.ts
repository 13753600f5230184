/** A stretch of a text with something to say about it. Offsets are UTF-16 units. */
export interface TextRange<M> {
  readonly start: number
  readonly end: number
  readonly mark: M
}

/** A stretch over which the same ranges lie, in the order in which they were given. */
export interface Piece<M> {
  readonly start: number
  readonly end: number
  readonly ranges: readonly TextRange<M>[]
}

/**
 * Cuts the window `[start, end)` of a text at every edge of a range, so that ranges may overlap in any way and each piece is one
 * element of the page. Ranges are clamped to the window; empty ones are left out. The pieces cover the window without a gap.
 */
export function cutPieces<M>(
  { start, end }: { readonly start: number; readonly end: number },
  ranges: readonly TextRange<M>[],
): readonly Piece<M>[] {
  const inside = ranges
    .map((range, order) => ({ range, order }))
    .filter(({ range }) => range.start < range.end && range.end > start && range.start < end)
    .sort((a, b) => a.range.start - b.range.start || a.order - b.order)
  const edges = new Set([start, end])
  for (const { range } of inside) {
    edges.add(Math.max(start, range.start))
    edges.add(Math.min(end, range.end))
  }
  const cuts = [...edges].sort((a, b) => a - b)
  const pieces: Piece<M>[] = []
  let open: typeof inside = []
  let next = 0
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1]
    if (to === undefined) break
    open = open.filter(({ range }) => range.end > from)
    for (let entry = inside[next]; entry !== undefined && entry.range.start <= from; entry = inside[++next]) {
      if (entry.range.end > from) open.push(entry)
    }
    const here = open.toSorted((a, b) => a.order - b.order).map(({ range }) => range)
    pieces.push({ start: from, end: to, ranges: here })
  }
  return pieces
}
