import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arms } from '#shared/domain/engine.ts'
import { runSpecSchema, type RunPlan, type RunSpec } from '#shared/domain/run.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import type { FamilyRow, Variant } from '#shared/domain/variant.ts'
import { samplingPresets } from '#shared/domain/words.ts'
import { readList, writeList } from '../../../renderer/screens/runs/setup/draft-lists.ts'
import { repeatQuery } from '../../../renderer/screens/runs/setup/repeat-run.ts'
import { readDraft, problemLines } from '../../../renderer/screens/runs/setup/run-draft.ts'

const variant = (precision: string, more: Partial<Variant> = {}): Variant =>
  ({
    id: `builtin:/models/${precision}, copy.gguf`,
    endpoint: 'builtin',
    engine: 'builtin',
    name: `specimen ${precision}`,
    family: 'specimen',
    precision: { name: precision, bitsPerWeight: 4, simulated: false },
    digest: `sha256:${precision}`,
    contextTokens: 512,
    ...more,
  }) as unknown as Variant
const large = variant('Q4_K_M', {
  id: 'ollama:deepseek-r1:7b' as Variant['id'],
  name: 'deepseek-r1:7b',
  family: 'deepseek-r1-distill-qwen-7b',
  engine: 'ollama',
  contextTokens: 131_072,
})
const suite = (name: string): SuiteSummary => ({ name, hash: `sha256:${name}`, n: 10 }) as unknown as SuiteSummary
const row = (...places: [Variant, ...Variant[]]): FamilyRow => ({
  precision: places[0].precision,
  places,
  distinction: null,
})
const specimen = [variant('F16'), variant('Q8_0'), variant('Q6_K')] as const
/** The file's weights under two names in Ollama. */
const tags = ['specimen:q8_0', 'short:latest'].map((name) =>
  variant('Q8_0', {
    id: `ollama:${name}` as Variant['id'],
    name,
    engine: 'ollama',
    digest: 'sha256:tag' as Variant['digest'],
  }),
)
const known = {
  suites: [suite('arithmetic'), suite('specimen-quick')],
  families: [
    { name: 'deepseek-r1-distill-qwen-7b', rows: [row(large)] },
    { name: 'specimen', rows: [row(specimen[0]), row(specimen[1], ...tags), row(specimen[2])] },
  ],
}

describe('the settings', () => {
  const defaults = { margin: 0.035, contextTokens: 256, maxTokens: 100, sampling: 'deepseek-r1' } as const

  it('say what a run begins with, and an address says more', () => {
    expect(readDraft({}, { ...known, defaults })).toMatchObject({
      sampling: 'deepseek-r1',
      fields: { margin: '3.5' },
      spec: { margin: 0.035, contextTokens: 256, maxTokens: 100, sampling: { temperature: 0.6 } },
    })
    const asked = readDraft({ sampling: 'greedy', margin: '1', contextTokens: '512' }, { ...known, defaults })
    expect(asked.spec).toMatchObject({ margin: 0.01, contextTokens: 512, sampling: { temperature: 0 } })
  })

  it('never ask for more context than a model was trained for', () => {
    const large = { ...defaults, contextTokens: 100_000, maxTokens: 50_000 }
    expect(readDraft({}, { ...known, defaults: large }).spec).toMatchObject({ contextTokens: 512, maxTokens: 256 })
  })
})

describe('the default run', () => {
  it('compares the specimen’s precisions on its suite, within its context', () => {
    const { spec, variants } = readDraft({}, known)
    expect(spec).toMatchObject({ suites: ['specimen-quick'], contextTokens: 512, maxTokens: 256, samples: 1 })
    expect(variants.map(({ precision }) => precision.name)).toEqual(['F16', 'Q8_0'])
  })

  it('gives a model with room the room that thinking needs', () => {
    expect(readDraft({ variants: 'deepseek-r1:7b' }, known).spec).toMatchObject({
      variants: ['ollama:deepseek-r1:7b'],
      contextTokens: 16_384,
      maxTokens: 8192,
    })
  })

  it('takes a whole family by its name, one place a row', () => {
    expect(readDraft({ variants: 'specimen' }, known).variants).toEqual(specimen)
  })

  it.each([
    ['ollama:specimen:q8_0', ['ollama:specimen:q8_0']],
    ['short:latest', ['ollama:short:latest']],
    ['sha256:tag', ['ollama:specimen:q8_0']],
    ['specimen Q8_0', ['builtin:/models/Q8_0, copy.gguf']],
    ['specimen Q8_0,short:latest', ['builtin:/models/Q8_0, copy.gguf', 'ollama:short:latest']],
  ])('takes %s where it says: of several places of equal weights, the one that is named', (text, ids) => {
    const { variants, problems } = readDraft({ variants: text }, known)
    expect(variants.map(({ id }) => id)).toEqual(ids)
    expect(problems).toEqual({})
  })
})

describe('what cannot be run', () => {
  it.each([
    [{ suite: 'none' }, 'suites', 'Choose at least one suite.'],
    [{ variants: 'none' }, 'variants', 'Choose at least one variant.'],
    [{ variants: 'specimen Q8_0,gone' }, 'variants', 'Not among the variants found: gone.'],
    [{ samples: '0' }, 'samples', 'A whole number from 1 to 1,000.'],
    [{ samples: '1.5' }, 'samples', 'A whole number from 1 to 1,000.'],
    [{ margin: 'two' }, 'margin', 'A number from 0.1 to 99.'],
    [{ where: 'far' }, 'where', '“far” is not a tag and its value: distance=far.'],
  ])('%j says why', (query, field, problem) => {
    const draft = readDraft(query as Record<string, string>, known)
    expect(draft.problems).toEqual({ [field]: problem })
    expect(draft.spec).toBeNull()
  })
})

it('names the field of everything that stands in the way of a plan', () => {
  const draft = readDraft({ suite: 'none', samples: '0', contextTokens: '1', where: 'far' }, known)
  expect(problemLines(draft)).toEqual([
    ['Samples of each prompt', 'A whole number from 1 to 1,000.'],
    ['Context', 'A whole number from 64 to 4,194,304.'],
    ['Suites', 'Choose at least one suite.'],
    ['Only prompts with', '“far” is not a tag and its value: distance=far.'],
  ])
})

describe('a list in an address', () => {
  it('comes back as it was, whatever its items hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, unit: fc.constantFrom('a', ',', '%', '2', 'C', '5') })),
        (items) => {
          expect(readList(writeList(items))).toEqual(items)
        },
      ),
    )
  })
})

describe('repeating a run', () => {
  const specs = fc.record({
    arms: fc.subarray([...arms], { minLength: 1 }),
    samples: fc.integer({ min: 1, max: 9 }),
    sampling: fc.oneof(
      fc.constantFrom(...Object.values(samplingPresets)),
      fc.record({ temperature: fc.constantFrom(0.3, 1), topP: fc.constantFrom(0.5, 0.9), seed: fc.nat(99) }),
    ),
    margin: fc.constantFrom(0.01, 0.02, 0.035, 0.07),
    alpha: fc.constantFrom(0.05, 0.01),
    contextTokens: fc.constantFrom(512, 4096),
    maxTokens: fc.constantFrom(100, 256),
    idleTimeoutMs: fc.constantFrom(500, 60_000),
    limit: fc.option(fc.integer({ min: 1, max: 50 })),
    alternatives: fc.option(fc.integer({ min: 0, max: 20 })),
    threads: fc.option(fc.constantFrom(1, 4)),
    concurrency: fc.option(fc.constantFrom(1, 2)),
    where: fc.constantFrom({}, { distance: 'far' }, { distance: 'near', lang: 'en' }),
    noiseFloor: fc.boolean(),
  })

  it('sets up the same run, every setting of it', () => {
    fc.assert(
      fc.property(specs, (settings) => {
        const variants = [specimen[0], specimen[1]]
        const spec: RunSpec = runSpecSchema.parse({
          name: 'mine',
          suites: ['sha256:arithmetic'],
          variants: variants.map(({ id }) => id),
          ...settings,
        })
        const plan = {
          suites: [{ hash: 'sha256:arithmetic', name: 'arithmetic', n: 10 }],
          variants: variants.map((one, index) => ({
            index,
            variant: one,
            role: index === 0 ? 'reference' : 'candidate',
          })),
        } as unknown as RunPlan
        const again = readDraft(repeatQuery({ name: 'mine', spec, plan }), known).spec
        expect(runSpecSchema.parse(again)).toEqual(spec)
      }),
      { numRuns: 60 },
    )
  })
})
