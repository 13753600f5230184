import { describe, expect, it } from 'vitest'
import { variantNames } from '#shared/domain/variant-names.ts'
import { fakeDigest, sampleRun, variant } from '../../electron/core/analysis/sample-run.ts'

const named = (...variants: readonly ReturnType<typeof variant>[]) => [
  ...variantNames(sampleRun({ variants, prompts: 1, repeat: true }).variants).values(),
]

describe('variantNames', () => {
  it('is the precision where one family has each once', () => {
    expect(named(variant({ precisionName: 'F16' }), variant({ precisionName: 'Q4_0' }))).toEqual([
      'F16',
      'Q4_0',
      'F16, second pass',
    ])
  })

  it('is the whole name where two have the same precision', () => {
    const twice = [variant({ precisionName: 'Q4_0', name: 'a:q4' }), variant({ precisionName: 'Q4_0', name: 'b:q4' })]
    expect(named(...twice)).toEqual(['a:q4', 'b:q4', 'a:q4, second pass'])
  })

  it('adds the beginning of the digest where two files have one name', () => {
    const made = (number: number) =>
      variant({ precisionName: 'FP8-E4M3 (simulated)', digest: fakeDigest(number * 0x10000000) })
    expect(named(made(1), made(2)).map((name) => name.slice(-8))).toEqual(
      [1, 2]
        .map((number) =>
          fakeDigest(number * 0x10000000)
            .replace('sha256:', '')
            .slice(0, 8),
        )
        .concat('ond pass'),
    )
  })

  it('is the whole name where two families meet', () => {
    const two = [
      variant({ precisionName: 'F16', family: 'r1', name: 'r1 F16' }),
      variant({ precisionName: 'Q4_0', family: 'qwen', name: 'qwen Q4_0' }),
    ]
    expect(named(...two).slice(0, 2)).toEqual(['r1 F16', 'qwen Q4_0'])
  })

  it('never leaves out that a precision is simulated', () => {
    const simulated = { name: 'FP8-E4M3', bitsPerWeight: 8, simulated: true }
    expect(named(variant({ precisionName: 'F16' }), variant({ precisionName: 'FP8', precision: simulated }))[1]).toBe(
      'FP8-E4M3 (simulated)',
    )
  })
})
