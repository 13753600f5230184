import { describe, expect, it } from 'vitest'
import { compareRun } from '#core/analysis/compare.ts'
import { wilson } from '#shared/stats/wilson.ts'
import { two, versions } from './paired-run.ts'
import { fact, sampleRun } from './sample-run.ts'

describe('noise floor', () => {
  it('counts where the reference differs from itself, and keeps its second pass out of the table', () => {
    const run = sampleRun({ variants: two, prompts: 4, repeat: true })
    const facts = [0, 1, 2, 3].flatMap((promptIndex) => [
      fact({ variantIndex: 0, promptIndex, rawHash: `${promptIndex}` }),
      fact({ variantIndex: 1, promptIndex, rawHash: 'x' }),
      fact({
        variantIndex: 2,
        promptIndex,
        rawHash: promptIndex < 2 ? `${promptIndex}` : 'y',
        correct: promptIndex !== 3,
      }),
    ])
    const { noiseFloor, variants } = compareRun({ run, facts, tagsOf: () => ({}), versions })
    expect(noiseFloor).toMatchObject({ pairs: 4, flips: 1, identicalTexts: 2 })
    expect(noiseFloor?.flipRate?.value).toBe(0.25)
    expect(variants.map(({ index }) => index)).toEqual([0, 1])
  })

  it('takes its interval over prompts, not over their samples', () => {
    const run = sampleRun({ variants: two, prompts: 4, samples: 5, repeat: true })
    const facts = [0, 1, 2, 3].flatMap((promptIndex) =>
      [0, 1, 2, 3, 4].flatMap((sample) => [
        fact({ variantIndex: 0, promptIndex, sample }),
        fact({ variantIndex: 2, promptIndex, sample }),
      ]),
    )
    const { noiseFloor } = compareRun({ run, facts, tagsOf: () => ({}), versions })
    expect(noiseFloor).toMatchObject({ pairs: 20, flips: 0, flipRate: wilson(0, 4) })
  })

  it('does not take two missing texts for equal ones', () => {
    const run = sampleRun({ variants: two, prompts: 1, repeat: true })
    const facts = [0, 1, 2].map((variantIndex) => fact({ variantIndex, promptIndex: 0 }))
    expect(compareRun({ run, facts, tagsOf: () => ({}), versions }).noiseFloor?.identicalTexts).toBe(0)
  })
})
