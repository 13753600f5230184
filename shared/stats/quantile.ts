/**
 * The value below which a share of sorted values lies, by linear interpolation at share * (n - 1).
 * `sorted` ascends. Null when it is empty.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number | null {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`not a share: ${share}`)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  if (below === undefined || above === undefined) return null
  return below + (above - below) * (place - Math.floor(place))
}

/** The middle value, or the mean of the middle two. Takes values in any order and leaves them so. Null when empty. */
export function median(values: readonly number[]): number | null {
  return quantile(new Float64Array(values).sort(), 0.5)
}
