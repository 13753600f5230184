import type { Corner } from './place-labels.ts'

/** Of variants by size, those that no smaller or equal one equals in quality, from small to large. */
export function frontier<T extends { readonly size: number; readonly quality: number }>(
  points: readonly T[],
): readonly T[] {
  const best: T[] = []
  for (const point of points.toSorted((a, b) => a.size - b.size || b.quality - a.quality)) {
    if (point.quality > (best.at(-1)?.quality ?? Number.NEGATIVE_INFINITY)) best.push(point)
  }
  return best
}

/** Its line, corner by corner: level until the next better variant, and up to `right` where that is given. Nothing where one has it all. */
export function stairs(edge: readonly Corner[], right?: number): readonly Corner[] {
  const last = edge.at(-1)
  if (last === undefined || edge.length < 2) return []
  const steps = edge.flatMap((corner, index) => {
    const before = edge[index - 1]
    return before === undefined ? [corner] : [{ x: corner.x, y: before.y }, corner]
  })
  return right === undefined ? steps : [...steps, { x: right, y: last.y }]
}
