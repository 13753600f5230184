import { normalQuantile } from './normal-quantile.ts'

export interface TestPower {
  /** One-sided error rate; halve it for a two-sided test. */
  readonly alpha: number
  /** Chance to see what is there. */
  readonly power: number
}

/** The verdict's own: one-sided 0.05, power 0.8. */
export const usualPower: TestPower = { alpha: 0.05, power: 0.8 }

/**
 * Prompts needed to tell a mean difference of `effect` (a share) from none, where one prompt's difference has `variance`.
 * n = (z_alpha + z_power)^2 * variance / effect^2. For one sample a prompt and no true loss the variance is the flip rate
 * and the effect the margin; for two models with several samples see `millerVariance`. Infinite for an effect of 0.
 */
export function promptsNeeded(variance: number, effect: number, { alpha, power }: TestPower = usualPower): number {
  if (effect === 0) return Infinity
  return ((normalQuantile(1 - alpha) + normalQuantile(power)) ** 2 * variance) / effect ** 2
}

/** Smallest difference (a share) that n prompts can tell from none: `promptsNeeded` solved for the effect. */
export function resolvableDifference(variance: number, n: number, { alpha, power }: TestPower = usualPower): number {
  return (normalQuantile(1 - alpha) + normalQuantile(power)) * Math.sqrt(variance / n)
}

/** Flip rate assumed where none has been seen yet: a 4-bit file of a small model on mixed prompts. */
export const assumedFlipRate = 0.1

/** Smallest loss in points that n prompts can tell from none at the flip rate given. Infinite for n = 0. */
export function resolvablePoints(n: number, flipRate = assumedFlipRate, test: TestPower = usualPower): number {
  return 100 * resolvableDifference(flipRate, n, test)
}

/**
 * Variance of one prompt's difference between two models A and B, from E. Miller, "Adding Error Bars to Evals"
 * (arXiv:2411.00640, 2024): omega^2 + sigmaA^2 / samplesA + sigmaB^2 / samplesB.
 */
export function millerVariance(parts: {
  /** Variance over prompts of the expected difference. */
  readonly betweenPrompts: number
  readonly withinA: number
  readonly withinB: number
  readonly samplesA: number
  readonly samplesB: number
}): number {
  return parts.betweenPrompts + parts.withinA / parts.samplesA + parts.withinB / parts.samplesB
}
