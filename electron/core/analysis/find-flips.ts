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

/** Indexes of the prompts that have at least one pair in this quadrant, ascending. */
export function findFlips(facts: readonly CellFact[], query: FlipQuery): readonly number[] {
  const grid = layOutFacts(facts, query.arm)
  const reference = grid.row(query.reference)
  const row = grid.row(query.variantIndex)
  return grid.prompts.filter((prompt) => {
    for (let slot = prompt * grid.samples; slot < (prompt + 1) * grid.samples; slot += 1) {
      const pair = gradedPair(reference[slot], row[slot])
      if (pair !== null && quadrantOf(pair.reference, pair.variant) === query.quadrant) return true
    }
    return false
  })
}
