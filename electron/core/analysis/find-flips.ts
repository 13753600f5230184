import type { Arm } from '#shared/domain/engine.ts'
import type { CellFact } from '../store/store.ts'
import { gradedPair, layOutFacts } from './fact-grid.ts'
import { quadrantOf, type Quadrant } from './tally-variant.ts'

export interface FlipQuery {
  readonly arm: Arm
  readonly variantIndex: number
  readonly reference: number
  readonly quadrant: Quadrant
}

/** A prompt with the first of its samples that falls into the quadrant. */
export interface Flip {
  readonly promptIndex: number
  readonly sample: number
}

/** Indexes of the prompts that have at least one pair in this quadrant, ascending. */
export const findFlips = (facts: readonly CellFact[], query: FlipQuery): readonly number[] =>
  findFlipSamples(facts, query).map(({ promptIndex }) => promptIndex)

/** The same prompts, each with the sample to look at. */
export function findFlipSamples(facts: readonly CellFact[], query: FlipQuery): readonly Flip[] {
  const grid = layOutFacts(facts, query.arm)
  const reference = grid.row(query.reference)
  const row = grid.row(query.variantIndex)
  return grid.prompts.flatMap((promptIndex) => {
    for (let sample = 0; sample < grid.samples; sample += 1) {
      const slot = promptIndex * grid.samples + sample
      const pair = gradedPair(reference[slot], row[slot])
      if (pair !== null && quadrantOf(pair.reference, pair.variant) === query.quadrant) return [{ promptIndex, sample }]
    }
    return []
  })
}
