import type { Measured } from '../domain/comparison.ts'
import { twoSidedZ } from './normal-quantile.ts'
import { quantile } from './quantile.ts'

/**
 * A median with its interval between two of the sorted values, whatever their distribution (W. J. Conover, Practical
 * Nonparametric Statistics, 3rd ed. (1999), section 3.2: ranks by the normal approximation, rounded up). So few
 * values that even the smallest and the largest do not hold it have no interval. Null when there are no values.
 */
export function medianInterval(values: readonly number[], confidence = 0.95): Measured | null {
  const n = values.length
  const sorted = new Float64Array(values).sort()
  const value = quantile(sorted, 0.5)
  if (value === null) return null
  // Both lie outside the interval only where all values lie on one side of the median.
  if (1 - 2 ** (1 - n) < confidence) return { n, value, interval: null }
  const half = (twoSidedZ(confidence) * Math.sqrt(n)) / 2
  const ranked = (place: number) => sorted[Math.ceil(place) - 1] ?? value
  return { n, value, interval: [ranked(n / 2 - half), ranked(n / 2 + half)] }
}
