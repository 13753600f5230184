import { describe, expect, it } from 'vitest'
import { compareRun } from '#core/analysis/compare.ts'
import { findFlips } from '#core/analysis/find-flips.ts'
import { pairedFacts, versions } from './paired-run.ts'
import { specimenRun } from './sample-run.ts'

describe('findFlips', () => {
  const query = { arm: 'natural', variantIndex: 1, reference: 0 } as const

  it('lists the prompts of a quadrant in order', () => {
    const facts = pairedFacts([2, 2, 1, 1])
    expect(findFlips(facts, { ...query, quadrant: 'bothRight' })).toEqual([0, 1])
    expect(findFlips(facts, { ...query, quadrant: 'lost' })).toEqual([2, 3])
    expect(findFlips(facts, { ...query, quadrant: 'gained' })).toEqual([4])
    expect(findFlips(facts, { ...query, quadrant: 'bothWrong' })).toEqual([5])
  })

  it('agrees with the counts of the comparison on every variant of a large run', () => {
    const { run, facts, tags } = specimenRun()
    const { variants } = compareRun({ run, facts, tagsOf: (i) => tags[i] ?? {}, versions })
    for (const { index, quadrants } of variants.slice(1)) {
      const lost = findFlips(facts, { ...query, variantIndex: index, quadrant: 'lost' })
      expect(lost).toHaveLength(quadrants?.lost ?? -1)
    }
  })
})
