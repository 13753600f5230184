import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Arm } from '#shared/domain/engine.ts'
import { digest, endpointId, runId, variantId, type Digest, type SuiteHash } from '#shared/domain/ids.ts'
import { runSpecSchema, type Run, type RunVariant } from '#shared/domain/run.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { CellFact } from '#core/store/store.ts'

/** A fact with everything that a test does not care about filled in. */
export function fact(part: Partial<CellFact> & Pick<CellFact, 'variantIndex' | 'promptIndex'>): CellFact {
  const correct = part.correct === undefined ? true : part.correct
  return {
    arm: 'natural',
    sample: 0,
    state: 'done',
    correct,
    graded: true,
    outcome: null,
    thinkState: 'normal',
    promptTokens: 12,
    tokens: 40,
    thinkingTokens: 30,
    generateMs: 50,
    firstTokenMs: 9,
    rawHash: null,
    ...part,
  }
}

export const fakeDigest = (number: number): Digest => digest(number.toString(16).padStart(64, '0'))

export function variant(part: Partial<Variant> & { readonly precisionName: string }): Variant {
  const { precisionName, ...rest } = part
  const endpoint = endpointId('builtin')
  const ref = `/models/specimen-${precisionName}.gguf`
  return {
    id: variantId(endpoint, ref),
    endpoint,
    engine: 'builtin',
    ref,
    name: `specimen ${precisionName}`,
    family: 'specimen',
    precision: { name: precisionName, bitsPerWeight: null, simulated: precisionName.includes('simulated') },
    digest: fakeDigest(1),
    weightsDigest: null,
    sizeBytes: 1_000_000,
    parameters: 3_900_000,
    architecture: 'llama',
    contextTokens: 1024,
    capabilities: ['completion'],
    loaded: false,
    notes: [],
    ...rest,
  }
}

export interface SampleRun {
  readonly variants: readonly Variant[]
  readonly prompts: number
  readonly samples?: number
  readonly arms?: readonly [Arm, ...Arm[]]
  readonly repeat?: boolean
  readonly pending?: number
}

export function sampleRun(sample: SampleRun): Run {
  const variants = sample.variants.map((each, index): RunVariant => ({
    index,
    variant: each,
    role: index === 0 ? 'reference' : 'candidate',
  }))
  const first = variants[0]
  if (sample.repeat === true && first !== undefined) {
    variants.push({ index: variants.length, variant: first.variant, role: 'repeat' })
  }
  const suites = [{ hash: fakeDigest(77) as SuiteHash, name: 'specimen-quick', n: sample.prompts }]
  const samples = sample.samples ?? 1
  const arms = sample.arms ?? (['natural'] as const)
  const total = variants.length * sample.prompts * samples * arms.length
  const pending = sample.pending ?? 0
  return {
    id: runId(17),
    name: 'specimen precisions',
    state: 'done',
    createdAtMs: Date.UTC(2026, 10, 23, 9, 30),
    startedAtMs: Date.UTC(2026, 10, 23, 9, 30, 2),
    finishedAtMs: Date.UTC(2026, 10, 23, 9, 33, 14),
    activeSeconds: 192.4,
    suites,
    variants,
    arms,
    samples,
    counts: { total, pending, running: 0, done: total - pending, error: 0 },
    isProbeRun: false,
    spec: runSpecSchema.parse({
      suites: ['specimen-quick'],
      variants: sample.variants.map(({ id }) => id),
      samples,
      arms: [...arms],
      contextTokens: 1024,
      maxTokens: 400,
    }),
    plan: {
      variants,
      suites,
      cells: total,
      loads: variants.length,
      bytes: 1,
      seconds: null,
      secondsFrom: null,
      mostSeconds: null,
      warnings: [],
      graded: 0,
      resolvablePoints: null,
    },
    error: null,
  }
}

interface SpecimenCounts {
  readonly variants: readonly { name: string; sizeBytes: number; digest: string; tokensPerSecond: number }[]
  readonly units: readonly { family: string; distance: string | null; n: number; hits: readonly number[] }[]
  readonly lost: Readonly<Record<string, readonly number[]>>
}

const precisions: Readonly<Record<string, { readonly name: string; readonly bits: number }>> = {
  'specimen-f16': { name: 'F16', bits: 16 },
  'specimen-Q8_0': { name: 'Q8_0', bits: 8.53 },
  'specimen-fp8': { name: 'FP8-E4M3 (simulated)', bits: 16 },
  'specimen-Q4_K_M': { name: 'Q4_K_M', bits: 4.99 },
  'specimen-Q4_0': { name: 'Q4_0', bits: 4.75 },
  'specimen-Q3_K_M': { name: 'Q3_K_M', bits: 4.12 },
  'specimen-Q2_K': { name: 'Q2_K', bits: 3.3 },
}

/** A run whose counts by family and distance are the specimen's own, 1932 prompts under seven precisions. */
export function specimenRun(): {
  readonly run: Run
  readonly facts: readonly CellFact[]
  readonly tags: readonly Readonly<Record<string, string>>[]
} {
  const path = join(import.meta.dirname, '../../../fixtures/comparison/specimen-counts.json')
  const counts = JSON.parse(readFileSync(path, 'utf8')) as SpecimenCounts
  const variants = counts.variants.map(({ name, sizeBytes, digest: sha }) => {
    const precision = precisions[name]!
    return variant({
      precisionName: precision.name,
      precision: { name: precision.name, bitsPerWeight: precision.bits, simulated: name === 'specimen-fp8' },
      sizeBytes,
      digest: digest(sha),
    })
  })
  const tags = counts.units.flatMap(({ family, distance, n }) =>
    Array.from({ length: n }, () => (distance === null ? { family } : { family, distance })),
  )
  const run = sampleRun({ variants, prompts: tags.length, repeat: true })
  const rows = [...counts.variants.keys(), 0].map((source, index) => {
    const right = rightUnder(counts, source)
    return right.map((correct, promptIndex) => specimenFact({ counts, source, index, promptIndex, correct }))
  })
  return { run, facts: rows.flat(), tags }
}

interface SpecimenCell {
  readonly counts: SpecimenCounts
  readonly source: number
  readonly index: number
  readonly promptIndex: number
  readonly correct: boolean
}

function specimenFact({ counts, source, index, promptIndex, correct }: SpecimenCell): CellFact {
  const tokens = 24 + ((promptIndex * 7 + source) % 40)
  const isRepeat = index === counts.variants.length
  const flipped = isRepeat && (promptIndex === 500 || promptIndex === 900)
  return fact({
    variantIndex: index,
    promptIndex,
    correct: flipped ? !correct : correct,
    tokens,
    thinkingTokens: tokens - 10,
    generateMs: (1000 * tokens) / (counts.variants[source]?.tokensPerSecond ?? 1),
    firstTokenMs: 6 + (promptIndex % 5),
    rawHash: flipped ? `${promptIndex}b` : `${promptIndex}`,
    thinkState: promptIndex % 97 === 0 ? 'skipped' : 'normal',
  })
}

/** In each unit the reference's right answers come first; a variant loses the first of them and gains the last of the wrong ones. */
function rightUnder({ units, lost }: SpecimenCounts, source: number): readonly boolean[] {
  return units.flatMap(({ family, n, hits }) => {
    const before = hits[0] ?? 0
    const after = hits[source] ?? 0
    const siblings = units.filter((unit) => unit.family === family).length
    const wanted = Math.round((lost[family]?.[source] ?? 0) / siblings)
    const most = Math.min(before, n - after)
    const losing = Math.min(most, Math.max(wanted, before - after, 0))
    const gaining = after - before + losing
    return Array.from({ length: n }, (_, i) => (i < before ? i >= losing : i >= n - gaining))
  })
}
