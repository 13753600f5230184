import type { Measured, Quadrants } from '#shared/domain/comparison.ts'
import { medianInterval } from '#shared/stats/median-interval.ts'
import { median } from '#shared/stats/quantile.ts'
import { ratioInterval, type RatioPart } from '#shared/stats/ratio-interval.ts'
import type { CellFact } from '../store/store.ts'
import type { FactGrid } from './fact-grid.ts'

export type Quadrant = keyof Quadrants

/** Which quadrant a pair of graded cells falls into. */
export function quadrantOf(reference: boolean, variant: boolean): Quadrant {
  if (reference) return variant ? 'bothRight' : 'lost'
  return variant ? 'gained' : 'bothWrong'
}

/** What one variant's cells say by themselves. */
export interface CellTally {
  readonly n: number
  readonly correct: number
  /** Prompts with at least one graded cell. */
  readonly prompts: number
  readonly errors: number
  readonly ungradable: number
  readonly open: number
  readonly tokensPerSecond: Measured | null
  readonly firstTokenMs: Measured | null
  readonly medianTokens: Measured | null
  readonly thinkStates: Readonly<Record<string, number>>
}

/** What a variant's cells say next to the reference's. */
export interface PairTally {
  readonly pairs: number
  readonly quadrants: Quadrants
  /** The quadrants with every prompt counted once, its samples shared out: sums to the number of prompts. */
  readonly promptQuadrants: Quadrants
  /** One number a prompt with pairs: mean over its samples of reference minus variant. */
  readonly differences: readonly number[]
  readonly thinkingRatio: Measured | null
}

export function tallyCells(grid: FactGrid, index: number, prompts: readonly number[]): CellTally {
  const counts = { n: 0, correct: 0, prompts: 0, errors: 0, ungradable: 0, open: 0 }
  const speeds: RatioPart[] = []
  const firstTokens: number[] = []
  const lengths: number[] = []
  const thinkStates: Record<string, number> = {}
  const row = grid.row(index)
  for (const prompt of prompts) {
    const gradedBefore = counts.n
    const time = { above: 0, below: 0 }
    const tokensHere: number[] = []
    const firstHere: number[] = []
    for (let slot = prompt * grid.samples; slot < (prompt + 1) * grid.samples; slot += 1) {
      const fact = row[slot]
      if (fact === undefined) continue
      if (fact.state === 'error') counts.errors += 1
      if (fact.state === 'pending') counts.open += 1
      if (fact.state !== 'done') continue
      countGrade(fact, counts)
      if (fact.tokens !== null) tokensHere.push(fact.tokens)
      if (fact.firstTokenMs !== null) firstHere.push(fact.firstTokenMs)
      if (fact.tokens !== null && fact.generateMs !== null) {
        time.above += fact.tokens
        time.below += fact.generateMs / 1000
      }
      if (fact.thinkState !== null) thinkStates[fact.thinkState] = (thinkStates[fact.thinkState] ?? 0) + 1
    }
    if (counts.n > gradedBefore) counts.prompts += 1
    if (time.below > 0) speeds.push(time)
    pushMedian(lengths, tokensHere)
    pushMedian(firstTokens, firstHere)
  }
  return {
    ...counts,
    tokensPerSecond: ratioInterval(speeds),
    firstTokenMs: medianInterval(firstTokens),
    medianTokens: medianInterval(lengths),
    thinkStates,
  }
}

function countGrade(fact: CellFact, counts: { n: number; correct: number; ungradable: number }): void {
  if (fact.correct === null) {
    if (fact.graded) counts.ungradable += 1
    return
  }
  counts.n += 1
  if (fact.correct) counts.correct += 1
}

/** A prompt's samples are much alike: they count as one value, so that the interval is not too short. */
function pushMedian(to: number[], samples: readonly number[]): void {
  const middle = samples.length === 1 ? samples[0] : median(samples)
  if (middle != null) to.push(middle)
}

export function tallyPairs(
  grid: FactGrid,
  { index, reference }: { readonly index: number; readonly reference: number },
  prompts: readonly number[],
): PairTally {
  const quadrants = noQuadrants()
  const promptQuadrants = noQuadrants()
  const differences: number[] = []
  const ratios: number[] = []
  const referenceRow = grid.row(reference)
  const row = grid.row(index)
  for (const prompt of prompts) {
    const here = noQuadrants()
    const ratiosHere: number[] = []
    for (let slot = prompt * grid.samples; slot < (prompt + 1) * grid.samples; slot += 1) {
      const before = referenceRow[slot]
      const after = row[slot]
      if (before === undefined || after === undefined) continue
      if (before.correct !== null && after.correct !== null) here[quadrantOf(before.correct, after.correct)] += 1
      const ratio = thinkingRatio(before, after)
      if (ratio !== null) ratiosHere.push(ratio)
    }
    pushMedian(ratios, ratiosHere)
    const pairs = total(here)
    if (pairs === 0) continue
    differences.push((here.lost - here.gained) / pairs)
    add(quadrants, here, 1)
    add(promptQuadrants, here, 1 / pairs)
  }
  return { pairs: total(quadrants), quadrants, promptQuadrants, differences, thinkingRatio: medianInterval(ratios) }
}

type Counts = { -readonly [Q in Quadrant]: number }

const noQuadrants = (): Counts => ({ bothRight: 0, lost: 0, gained: 0, bothWrong: 0 })

const total = (q: Quadrants): number => q.bothRight + q.lost + q.gained + q.bothWrong

function add(to: Counts, from: Quadrants, weight: number): void {
  to.bothRight += weight * from.bothRight
  to.lost += weight * from.lost
  to.gained += weight * from.gained
  to.bothWrong += weight * from.bothWrong
}

// A cell that was cut short says nothing of how long the thinking wanted to be, but both are cut at the same budget.
function thinkingRatio(before: CellFact, after: CellFact): number | null {
  if (before.state !== 'done' || after.state !== 'done') return null
  if (before.thinkingTokens === null || after.thinkingTokens === null || before.thinkingTokens === 0) return null
  return after.thinkingTokens / before.thinkingTokens
}
