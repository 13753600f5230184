import type { Estimate } from '../domain/comparison.ts'
import { twoSidedZ } from './normal-quantile.ts'

/**
 * A share with its Wilson score interval (E. B. Wilson, JASA 22 (1927), 209-212).
 * `successes` and `n` may be fractions of a count. Null when n is 0.
 */
export function wilson(successes: number, n: number, confidence = 0.95): Estimate | null {
  if (n === 0) return null
  if (!(n > 0 && successes >= 0 && successes <= n)) throw new RangeError(`not a share: ${successes} of ${n}`)
  const z = twoSidedZ(confidence)
  const value = successes / n
  const centre = (value + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z * Math.sqrt((value * (1 - value)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n)
  // At 0 and at n the bound is the value itself; the formula misses it by a rounding error.
  return {
    value,
    low: successes === 0 ? 0 : centre - half,
    high: successes === n ? 1 : centre + half,
  }
}
