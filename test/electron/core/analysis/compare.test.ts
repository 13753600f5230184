import { describe, expect, it } from 'vitest'
import { compareRun } from '#core/analysis/compare.ts'
import type { Fingerprint } from '#shared/domain/trace.ts'
import { newcombePaired } from '#shared/stats/newcombe.ts'
import { compare, pairedFacts, two, versions } from './paired-run.ts'
import { fact, fakeDigest, sampleRun, specimenRun } from './sample-run.ts'

describe('compareRun', () => {
  it('reads a published table from cells: quadrants, Newcombe, McNemar, verdict', () => {
    const { variants, margin, reference } = compare(pairedFacts([794, 150, 86, 570]))
    const candidate = variants[1]!
    expect(reference).toBe(0)
    expect(margin).toBe(0.02)
    expect(candidate.quadrants).toEqual({ bothRight: 794, lost: 150, gained: 86, bothWrong: 570 })
    expect(candidate).toMatchObject({ n: 1600, correct: 880, pairs: 1600, prompts: 1600, method: 'newcombe-10' })
    expect(candidate.difference?.value.toFixed(4)).toBe('0.0400')
    expect(candidate.difference?.low.toFixed(4)).toBe('0.0212')
    expect(candidate.difference?.high.toFixed(4)).toBe('0.0587')
    expect(candidate.mcnemarP?.toExponential(4)).toBe('3.7159e-5')
    expect(candidate.verdict).toBe('fail')
    expect(candidate.promptsNeeded).toBeNull()
  })

  it.each([
    [[900, 12, 10, 78], 'pass'],
    [[170, 6, 4, 20], 'inconclusive'],
    [[28, 0, 1, 1], 'inconclusive'],
  ] as const)('gives %j the verdict %s', (table, verdict) => {
    expect(compare(pairedFacts(table)).variants[1]?.verdict).toBe(verdict)
  })

  it('reads the verdict from the interval of 1 - 2 alpha and the difference from 95 %', () => {
    const table = { bothRight: 170, lost: 6, gained: 4, bothWrong: 20 }
    const candidate = compare(pairedFacts([170, 6, 4, 20])).variants[1]!
    expect(candidate.verdictInterval).toEqual(newcombePaired(table, 0.9))
    expect(candidate.difference).toEqual(newcombePaired(table, 0.95))
  })

  it('asks for as many prompts as the flip rate seen needs', () => {
    // 10 flips in 200 prompts: 773 by the published table of sample sizes.
    expect(compare(pairedFacts([170, 6, 4, 20])).variants[1]?.promptsNeeded).toBe(773)
  })

  it('never says that fewer prompts than were run would settle it', () => {
    // 773 would do without a loss; 1000 were run, and the loss seen is close to the margin.
    const candidate = compare(pairedFacts([870, 35, 15, 80])).variants[1]!
    expect(candidate.verdict).toBe('inconclusive')
    expect(candidate.promptsNeeded === null || candidate.promptsNeeded > 1000).toBe(true)
  })

  it('asks for a finite number of prompts where nothing flipped', () => {
    const needed = compare(pairedFacts([20, 0, 0, 0])).variants[1]?.promptsNeeded
    expect(needed).toBeGreaterThan(20)
    expect(needed).toBeLessThan(1000)
  })

  it('leaves the reference without a loss, a test or a verdict', () => {
    const reference = compare(pairedFacts([8, 1, 1, 2])).variants[0]!
    expect(reference).toMatchObject({ quadrants: null, difference: null, mcnemarP: null, verdict: null, method: null })
    expect(reference).toMatchObject({ n: 12, correct: 9, pairs: 12 })
    expect(reference.accuracy?.value).toBe(0.75)
  })

  it('pairs only prompts graded under both, and counts failures and ungradable answers apart', () => {
    const facts = [
      ...pairedFacts([6, 1, 0, 3]),
      fact({ variantIndex: 0, promptIndex: 10 }),
      fact({ variantIndex: 1, promptIndex: 10, state: 'error', correct: null, graded: false }),
      fact({ variantIndex: 0, promptIndex: 11 }),
      fact({ variantIndex: 1, promptIndex: 11, correct: null, graded: true }),
      fact({ variantIndex: 0, promptIndex: 12, correct: null, graded: false }),
      fact({ variantIndex: 1, promptIndex: 12, correct: null, graded: false }),
      fact({ variantIndex: 0, promptIndex: 13 }),
      fact({ variantIndex: 1, promptIndex: 13, state: 'pending', correct: null, graded: false }),
    ]
    const [reference, candidate] = compare(facts).variants
    expect(candidate).toMatchObject({ n: 10, pairs: 10, errors: 1, ungradable: 1 })
    expect(reference).toMatchObject({ n: 13, errors: 0, ungradable: 0 })
  })

  it('says nothing where nothing could be paired, instead of scoring failures as zero', () => {
    const facts = [0, 1, 2].flatMap((promptIndex) => [
      fact({ variantIndex: 0, promptIndex }),
      fact({ variantIndex: 1, promptIndex, state: 'error', correct: null, graded: false, tokens: 5000 }),
    ])
    const candidate = compare(facts).variants[1]!
    expect(candidate).toMatchObject({ n: 0, correct: 0, accuracy: null, pairs: 0, difference: null, verdict: null })
    expect(candidate).toMatchObject({ errors: 3, tokensPerSecond: null, medianTokens: null })
  })

  it('takes speed as all tokens over all seconds, not as a mean of rates', () => {
    const facts = [
      fact({ variantIndex: 0, promptIndex: 0, tokens: 10, generateMs: 1000 }),
      fact({ variantIndex: 0, promptIndex: 1, tokens: 990, generateMs: 9000 }),
      fact({ variantIndex: 0, promptIndex: 2, tokens: 500, generateMs: null }),
    ]
    expect(compare(facts).variants[0]?.tokensPerSecond).toMatchObject({ n: 2, value: 100 })
  })

  it('compares the length of thinking prompt by prompt', () => {
    const facts = [100, 10, 40].flatMap((length, promptIndex) => [
      fact({ variantIndex: 0, promptIndex, thinkingTokens: length }),
      fact({ variantIndex: 1, promptIndex, thinkingTokens: [50, 20, 60][promptIndex] ?? null }),
    ])
    expect(compare(facts).variants[1]?.thinkingRatio).toEqual({ n: 3, value: 1.5, interval: null })
  })

  it('reads one arm and leaves the others', () => {
    const run = sampleRun({ variants: two, prompts: 4, arms: ['natural', 'suppressed'] })
    const facts = [
      ...pairedFacts([2, 0, 0, 2]),
      ...pairedFacts([0, 3, 0, 1]).map((each) => ({ ...each, arm: 'suppressed' as const })),
    ]
    const options = { run, facts, tagsOf: () => ({}), versions }
    expect(compareRun(options)).toMatchObject({ arm: 'natural', variants: [{ correct: 2 }, { correct: 2 }] })
    expect(compareRun({ ...options, arm: 'suppressed' }).variants[1]?.quadrants?.lost).toBe(3)
    expect(() => compareRun({ ...options, arm: 'forced' })).toThrow('Run 17 has no forced arm.')
  })

  it('can take another reference, and then says that it was chosen afterwards', () => {
    const comparison = compare(pairedFacts([6, 3, 1, 2]), { reference: 1, margin: 0.05 })
    expect(comparison.variants[0]?.quadrants).toMatchObject({ lost: 1, gained: 3 })
    expect(comparison.variants[0]?.difference?.value).toBeCloseTo(-2 / 12, 12)
    expect(comparison.notes[0]).toBe(
      'Chosen after the run, not before it: margin (2 points when the run was planned), reference.',
    )
    expect(() => compare(pairedFacts([1, 0, 0, 0]), { reference: 7 })).toThrow('no variant 7')
  })

  it('counts the cells of each variant that have not run yet, so that its verdict is one so far', () => {
    const facts = [
      ...pairedFacts([8, 0, 0, 0]),
      fact({ variantIndex: 1, promptIndex: 8, state: 'pending', correct: null }),
    ]
    expect(compare(facts).variants.map(({ open }) => open)).toEqual([0, 1])
  })

  it('says how many cells are still missing', () => {
    const run = sampleRun({ variants: two, prompts: 10, pending: 4 })
    const { notes } = compareRun({ run, facts: pairedFacts([8, 0, 0, 0]), tagsOf: () => ({}), versions })
    expect(notes[0]).toBe('4 of 20 cells have not run yet: every figure here may still change.')
  })
})

describe('a reference that is right less often than the margin', () => {
  it('has a note that no verdict within the margin says anything', () => {
    const vacuous = 'says nothing here'
    expect(compare(pairedFacts([2, 1, 0, 497])).notes.join(' ')).toContain(vacuous)
    expect(compare(pairedFacts([100, 1, 0, 399])).notes.join(' ')).not.toContain(vacuous)
  })
})

describe('what the variants ran with', () => {
  const ran = (changes: Partial<Fingerprint>): Fingerprint => ({
    engine: 'Ollama',
    engineVersion: '0.32.15',
    variantDigest: fakeDigest(1),
    templateHash: fakeDigest(2),
    contextTokens: 4096,
    batchTokens: null,
    threads: null,
    offloaded: 1,
    mode: 'raw',
    sampling: 'greedy',
    assayVersion: '0.1.0',
    ...changes,
  })

  it('is said where it was not the same, and only then', () => {
    const run = sampleRun({ variants: two, prompts: 1 })
    const notes = (...fingerprints: readonly Fingerprint[]) =>
      compareRun({ run, facts: [], tagsOf: () => ({}), versions, fingerprints }).notes.join(' ')
    expect(notes(ran({}), ran({ variantDigest: fakeDigest(3) }), ran({ batchTokens: 512 }))).not.toContain('ran with')
    expect(notes(ran({}), ran({ offloaded: 0.61, contextTokens: 2048 }))).toContain(
      'Not all variants ran with the same context length and share on an accelerator',
    )
  })
})

describe('the specimen', () => {
  it('keeps Q8_0 within two points and finds Q2_K worse', () => {
    const { run, facts, tags } = specimenRun()
    const { variants, byTag } = compareRun({ run, facts, tagsOf: (i) => tags[i] ?? {}, versions })
    const verdicts = Object.fromEntries(variants.map((v) => [v.runVariant.variant.precision.name, v.verdict]))
    expect(verdicts).toMatchObject({ F16: null, Q8_0: 'pass', Q2_K: 'fail' })
    const far = byTag.find(({ tag, value }) => tag === 'distance' && value === 'far')
    expect(far?.variants[0]?.n).toBe(160)
  })
})
