import type { Estimate, Verdict } from '../domain/comparison.ts'

/**
 * Verdict on a loss against a margin that was fixed before the run: pass when the whole interval lies below the margin,
 * fail when it lies above, else inconclusive. Both are shares, not points.
 * With an interval of `verdictConfidence(alpha)` each of pass and fail is a one-sided test at alpha.
 */
export function nonInferiorityVerdict(loss: Estimate, margin: number): Verdict {
  if (loss.high < margin) return 'pass'
  if (loss.low > margin) return 'fail'
  return 'inconclusive'
}

/** Confidence of the interval a verdict is read from: 0.9 for alpha 0.05. */
export const verdictConfidence = (alpha: number): number => 1 - 2 * alpha
