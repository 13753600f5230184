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
