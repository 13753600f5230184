import type { NoiseFloor } from '#shared/domain/comparison.ts'
import { wilson } from '#shared/stats/wilson.ts'
import { gradedPair, type FactGrid } from './fact-grid.ts'

/**
 * The reference against its second pass, answer by answer. Wilson's interval with the number of prompts as its n: several
 * samples of a prompt are not several prompts. `identicalTexts` counts raw texts equal to the byte.
 */
export function measureNoiseFloor(grid: FactGrid, reference: number, repeat: number): NoiseFloor {
  const first = grid.row(reference)
  const second = grid.row(repeat)
  let pairs = 0
  let flips = 0
  let identicalTexts = 0
  const prompts = new Set<number>()
  for (const [slot, before] of first.entries()) {
    const after = second[slot]
    const pair = gradedPair(before, after)
    if (pair !== null) {
      pairs += 1
      prompts.add(Math.floor(slot / grid.samples))
      if (pair.reference !== pair.variant) flips += 1
    }
    if (before?.rawHash != null && before.rawHash === after?.rawHash) identicalTexts += 1
  }
  const share = pairs === 0 ? 0 : flips / pairs
  return { pairs, flips, flipRate: wilson(share * prompts.size, prompts.size), identicalTexts }
}
