import { describe, expect, it } from 'vitest'
import type { CellFact } from '#core/store/store.ts'
import { newcombePaired } from '#shared/stats/newcombe.ts'
import { compare, pairedFacts } from './paired-run.ts'
import { fact } from './sample-run.ts'

describe('compareRun with several samples', () => {
  /** Every prompt has the same answers in all its samples. */
  const repeated = (table: readonly [number, number, number, number], samples: number) =>
    Array.from({ length: samples }, (_, sample) => pairedFacts(table).map((each) => ({ ...each, sample }))).flat()

  it('gains nothing from repeating the same answers: prompts are the unit', () => {
    const once = compare(pairedFacts([170, 16, 10, 20])).variants[1]!
    const tenfold = compare(repeated([170, 16, 10, 20], 10)).variants[1]!
    const width = (interval: { low: number; high: number } | null) => interval!.high - interval!.low
    expect(tenfold).toMatchObject({ pairs: 2160, prompts: 216, method: 'cluster-bootstrap' })
    expect(tenfold.mcnemarP).toBe(once.mcnemarP)
    expect(tenfold.accuracy).toEqual(once.accuracy)
    expect(width(tenfold.difference) / width(once.difference)).toBeGreaterThan(0.85)
    expect(width(tenfold.difference) / width(once.difference)).toBeLessThan(1.15)
  })

  it('does not make an interval of no width where too few prompts differ to be resampled', () => {
    const candidate = compare(repeated([20, 0, 0, 5], 8)).variants[1]!
    expect(candidate.method).toBe('newcombe-10')
    expect(candidate.difference).toEqual(newcombePaired({ bothRight: 20, lost: 0, gained: 0, bothWrong: 5 }))
    expect(candidate.verdict).toBe('inconclusive')
  })

  it('is narrower where samples average their noise out', () => {
    const noisy = Array.from({ length: 60 }, (_, promptIndex) =>
      Array.from({ length: 8 }, (_sample, sample) => [
        fact({ variantIndex: 0, promptIndex, sample, correct: (promptIndex + sample) % 2 === 0 }),
        fact({ variantIndex: 1, promptIndex, sample, correct: (promptIndex * 3 + sample * sample) % 5 < 2 }),
      ]).flat(),
    ).flat()
    const width = (facts: readonly CellFact[]) => {
      const { low, high } = compare(facts).variants[1]!.difference!
      return high - low
    }
    expect(width(noisy)).toBeLessThan(0.6 * width(noisy.filter(({ sample }) => sample === 0)))
  })

  it('gives the same figures every time', () => {
    const facts = repeated([30, 12, 6, 9], 3)
    expect(compare(facts)).toEqual(compare(facts))
  })
})
