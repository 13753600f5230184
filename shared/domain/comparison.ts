import type { SuiteHash } from './ids.ts'
import type { RunVariant } from './run.ts'

/** A figure with its interval. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** A figure that is no share: with its n and, where n allows one, its interval of 95 %. */
export interface Measured {
  readonly n: number
  readonly value: number
  readonly interval: readonly [low: number, high: number] | null
}

export type Verdict = 'pass' | 'fail' | 'inconclusive'

/** The four quadrants of a pair of variants on the same prompts. Lost: right under the reference only. */
export interface Quadrants {
  readonly bothRight: number
  readonly lost: number
  readonly gained: number
  readonly bothWrong: number
}

/** One variant against the reference, on the prompts that both could be graded on. */
export interface VariantComparison {
  readonly index: number
  /** Graded cells of this variant. */
  readonly n: number
  readonly correct: number
  /** Wilson, 95 %, with the number of prompts as its n; null when n is 0. */
  readonly accuracy: Estimate | null
  /** Pairs with the reference; equals n when nothing failed. */
  readonly pairs: number
  /** Prompts with at least one pair; equals `pairs` when every prompt has one sample. */
  readonly prompts: number
  /** Counts of pairs; null for the reference itself. */
  readonly quadrants: Quadrants | null
  /** Exact McNemar, two-sided, and its mid-p version. With several samples over prompts: better against worse on average. */
  readonly mcnemarP: number | null
  readonly mcnemarMidP: number | null
  /**
   * Accuracy of the reference minus this variant's, so that a loss is positive.
   * Newcombe's method 10, 95 %; with several samples a prompt, a cluster bootstrap over prompts.
   */
  readonly difference: Estimate | null
  /** The interval the verdict is read from: 1 - 2 alpha. */
  readonly verdictInterval: Estimate | null
  readonly verdict: Verdict | null
  readonly method: 'newcombe-10' | 'cluster-bootstrap' | null
  /** Prompts that would settle an inconclusive verdict at the flip rate seen, power 0.8; null otherwise. */
  readonly promptsNeeded: number | null
  /** All tokens over all seconds; its n, like that of the three below, is of prompts. */
  readonly tokensPerSecond: Measured | null
  /** Medians. */
  readonly firstTokenMs: Measured | null
  readonly medianTokens: Measured | null
  /** Median of thinking length over the reference's, on the same prompts. */
  readonly thinkingRatio: Measured | null
  readonly errors: number
  readonly ungradable: number
  /** Cells that have not run yet: while there are any, the verdict is one so far. */
  readonly open: number
  readonly thinkStates: Readonly<Record<string, number>>
}

/** The same comparison on the prompts with one value of a tag. */
export interface TagComparison {
  readonly tag: string
  readonly value: string
  readonly variants: readonly VariantComparison[]
}

/** The reference against a second pass of itself: what every other figure has to be read against. */
export interface NoiseFloor {
  /** Answers graded in both passes. */
  readonly pairs: number
  readonly flips: number
  /** Wilson, 95 %, with the number of prompts as its n. */
  readonly flipRate: Estimate | null
  readonly identicalTexts: number
}

/** Everything Compare, the reports and the command line show. One computation, three views. */
export interface Comparison {
  readonly run: number
  readonly suite: { readonly name: string; readonly hash: SuiteHash | null; readonly n: number }
  readonly reference: number
  readonly variants: readonly (VariantComparison & { readonly runVariant: RunVariant })[]
  readonly margin: number
  readonly alpha: number
  readonly seconds: number
  readonly arm: string
  readonly byTag: readonly TagComparison[]
  readonly noiseFloor: NoiseFloor | null
  /** Version of the statistics, and of the graders that made the grades. */
  readonly versions: { readonly stats: string; readonly grading: string; readonly splitter: string }
  readonly notes: readonly string[]
}
