import type { Measured } from '../domain/comparison.ts'
import { twoSidedZ } from './normal-quantile.ts'

/** What one unit adds to a ratio of sums: its tokens over the seconds they took. Neither is below 0. */
export interface RatioPart {
  readonly above: number
  readonly below: number
}

/**
 * A ratio of two sums over the same units with its interval, by the linearised variance of the ratio estimator (W. G. Cochran,
 * Sampling Techniques, 3rd ed. (1977), equation 6.13, without the correction for a finite population), on the logarithm of the
 * ratio: a ratio of sums that cannot be negative has no limit below 0, however few and uneven the units. One unit has no spread
 * and so no interval. Null when the sum below is 0.
 */
export function ratioInterval(parts: readonly RatioPart[], confidence = 0.95): Measured | null {
  const n = parts.length
  const below = parts.reduce((sum, part) => sum + part.below, 0)
  if (!(below > 0)) return null
  const value = parts.reduce((sum, part) => sum + part.above, 0) / below
  if (n === 1) return { n, value, interval: null }
  const squares = parts.reduce((sum, part) => sum + (part.above - value * part.below) ** 2, 0)
  if (value === 0) return { n, value, interval: [0, 0] }
  const half = (twoSidedZ(confidence) * Math.sqrt((n * squares) / (n - 1))) / below
  const factor = Math.exp(half / value)
  return { n, value, interval: [value / factor, value * factor] }
}
