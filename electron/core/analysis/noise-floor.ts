import type { NoiseFloor } from '#shared/domain/comparison.ts'
import { wilson } from '#shared/stats/wilson.ts'
import { gradedPair, type FactGrid } from './fact-grid.ts'

/** The reference against its second pass, cell by cell. `identicalTexts` counts raw texts equal to the byte. */
export function measureNoiseFloor(grid: FactGrid, reference: number, repeat: number): NoiseFloor {
  const first = grid.row(reference)
  const second = grid.row(repeat)
  let pairs = 0
  let flips = 0
  let identicalTexts = 0
  for (const [slot, before] of first.entries()) {
    const after = second[slot]
    const pair = gradedPair(before, after)
    if (pair !== null) {
      pairs += 1
      if (pair.reference !== pair.variant) flips += 1
    }
    if (before?.rawHash != null && before.rawHash === after?.rawHash) identicalTexts += 1
  }
  return { pairs, flips, flipRate: wilson(flips, pairs), identicalTexts }
}
