import type { Estimate } from '../domain/comparison.ts'
import { binomialDraws } from './binomial-draws.ts'
import { quantile } from './quantile.ts'
import { seededRandom } from './random.ts'

export interface BootstrapOptions {
  readonly seed?: number
  readonly resamples?: number
}

/** A mean over prompts with the sorted means of its resamples. */
export interface Bootstrap {
  readonly value: number
  readonly means: Float64Array
}

/** Resamples drawn where a caller does not say. */
export const usualResamples = 2000

/**
 * Cluster bootstrap of a mean paired difference: whole prompts are drawn with replacement, each with all its samples under
 * both models. `differences` holds one number a prompt: mean over its samples of reference minus variant.
 * The same seed gives the same result. Null when there are no prompts.
 * Efron, Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13; clusters as in arXiv:2411.00640.
 */
export function clusterBootstrap(differences: ArrayLike<number>, options: BootstrapOptions = {}): Bootstrap | null {
  const n = differences.length
  if (n === 0) return null
  const values = new Float64Array(differences)
  // Most prompts do not differ and add nothing: how many draws hit the others is binomial, and only those are drawn.
  const differing = values.filter((value) => value !== 0)
  const below = seededRandom(options.seed ?? 1)
  const hits = binomialDraws(n, differing.length, below)
  const means = new Float64Array(options.resamples ?? usualResamples)
  for (let resample = 0; resample < means.length; resample += 1) {
    let sum = 0
    for (let left = hits(); left > 0; left -= 1) sum += differing[below(differing.length)] ?? 0
    means[resample] = sum / n
  }
  return { value: mean(values), means: means.sort() }
}

/** The percentile interval of a bootstrap. */
export function percentileInterval({ value, means }: Bootstrap, confidence: number): Estimate {
  const outside = (1 - confidence) / 2
  return { value, low: quantile(means, outside) ?? value, high: quantile(means, 1 - outside) ?? value }
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
