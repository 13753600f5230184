import type { Estimate, VariantComparison } from '#shared/domain/comparison.ts'
import { clusterBootstrap, percentileInterval } from '#shared/stats/bootstrap.ts'
import { mcnemar } from '#shared/stats/mcnemar.ts'
import { newcombePaired } from '#shared/stats/newcombe.ts'
import { nonInferiorityVerdict, verdictConfidence } from '#shared/stats/non-inferiority.ts'
import { promptsNeeded } from '#shared/stats/power.ts'
import { hasNothingToLose } from '#shared/domain/verdict-words.ts'
import { wilson } from '#shared/stats/wilson.ts'
import type { FactGrid } from './fact-grid.ts'
import { tallyCells, tallyPairs, type PairTally } from './tally-variant.ts'

export interface VerdictRule {
  /** Share: 0.02 is two points. */
  readonly margin: number
  /** One-sided. */
  readonly alpha: number
}

export interface ComparedPair {
  readonly index: number
  readonly reference: number
}

/** Below this many prompts that differ, resampled prompts repeat each other and the interval comes out too short. */
const leastDifferingPrompts = 10

/** More prompts than anybody would run: the loss is too close to the margin to be told from it. */
const mostPromptsNeeded = 1_000_000

/** One variant against the reference on these prompts. For the reference itself all that needs a pair is null. */
export function compareVariant(
  grid: FactGrid,
  pair: ComparedPair,
  rule: VerdictRule,
  prompts: readonly number[],
): VariantComparison {
  const { prompts: gradedPrompts, ...cells } = tallyCells(grid, pair.index, prompts)
  const share = cells.n === 0 ? 0 : cells.correct / cells.n
  const own = { index: pair.index, ...cells, accuracy: wilson(share * gradedPrompts, gradedPrompts) }
  if (pair.index === pair.reference) return { ...own, ...unpaired, pairs: cells.n, prompts: gradedPrompts }
  const tally = tallyPairs(grid, pair, prompts)
  return { ...own, ...compareTally(tally, rule, grid.samples) }
}

const unpaired = {
  quadrants: null,
  mcnemarP: null,
  mcnemarMidP: null,
  difference: null,
  verdictInterval: null,
  verdict: null,
  method: null,
  promptsNeeded: null,
  thinkingRatio: null,
} as const

function compareTally(tally: PairTally, rule: VerdictRule, samples: number) {
  const { pairs, quadrants, differences, thinkingRatio } = tally
  if (pairs === 0) return { ...unpaired, pairs, prompts: 0, thinkingRatio }
  const { method, interval } = lossInterval(tally, samples)
  const verdictInterval = interval(verdictConfidence(rule.alpha))
  const verdict = nonInferiorityVerdict(verdictInterval, rule.margin)
  const better = differences.filter((difference) => difference > 0).length
  const worse = differences.filter((difference) => difference < 0).length
  const { p, midP } = mcnemar(better, worse)
  return {
    pairs,
    prompts: differences.length,
    quadrants,
    mcnemarP: p,
    mcnemarMidP: midP,
    difference: interval(0.95),
    verdictInterval,
    verdict,
    method,
    promptsNeeded:
      verdict === 'inconclusive' && !hasNothingToLose(quadrants) ? promptsToSettle(differences, rule) : null,
    thinkingRatio,
  }
}

/**
 * Newcombe on the table where a prompt has one sample. With several, a bootstrap over prompts; where too few prompts differ
 * for that, Newcombe with each prompt counted once, which treats its samples as one and errs on the wide side.
 */
function lossInterval(tally: PairTally, samples: number) {
  const differing = tally.differences.filter((difference) => difference !== 0).length
  const resampled = samples > 1 && differing >= leastDifferingPrompts ? clusterBootstrap(tally.differences) : null
  if (resampled !== null) {
    return {
      method: 'cluster-bootstrap' as const,
      interval: (confidence: number): Estimate => percentileInterval(resampled, confidence),
    }
  }
  return {
    method: 'newcombe-10' as const,
    interval: (confidence: number): Estimate => {
      const estimate = newcombePaired(tally.promptQuadrants, confidence)
      if (estimate === null) throw new RangeError('an empty table has no interval')
      return estimate
    },
  }
}

/**
 * First as if there were no loss, from the flip rate seen; where that many were run already, from the loss seen. Null where even
 * that would take more than anybody runs. Half a flip is assumed where none was seen.
 */
function promptsToSettle(differences: readonly number[], { margin, alpha }: VerdictRule): number | null {
  const n = differences.length
  const loss = differences.reduce((sum, difference) => sum + difference, 0) / n
  const squares = differences.reduce((sum, difference) => sum + difference ** 2, 0)
  const flipRate = squares === 0 ? 0.5 / (n + 1) : squares / n
  const test = { alpha, power: 0.8 }
  const withoutLoss = Math.ceil(promptsNeeded(flipRate, margin, test))
  if (withoutLoss > n) return withoutLoss
  const asSeen = Math.ceil(promptsNeeded(flipRate - loss ** 2, margin - loss, test))
  return asSeen > n && asSeen <= mostPromptsNeeded ? asSeen : null
}
