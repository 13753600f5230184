import type { Comparison, Estimate, VariantComparison, Verdict, Measured } from '#shared/domain/comparison.ts'
import { digest, endpointId, variantId, type SuiteHash } from '#shared/domain/ids.ts'
import type { RunVariant } from '#shared/domain/run.ts'
import type { Variant } from '#shared/domain/variant.ts'

/** A comparison of the specimen's five precisions, with figures as a run of 312 prompts gives them. */

const builtin = endpointId('builtin')
const hash = digest('ab'.repeat(32)) as SuiteHash

export function sampleVariant(precision: string, overrides: Partial<Variant> = {}): Variant {
  const ref = `/models/specimen-${precision}.gguf`
  return {
    id: variantId(builtin, ref),
    endpoint: builtin,
    engine: 'builtin',
    ref,
    name: `specimen ${precision}`,
    family: 'specimen',
    precision: { name: precision, bitsPerWeight: 16, simulated: precision.includes('simulated') },
    digest: digest('cd'.repeat(32)),
    weightsDigest: null,
    sizeBytes: 7_927_040,
    parameters: 3_900_000,
    architecture: 'llama',
    contextTokens: 512,
    capabilities: ['completion'],
    loaded: false,
    notes: [],
    ...overrides,
  }
}

export const sampleRunVariant = (index: number, variant: Variant, role?: RunVariant['role']): RunVariant => ({
  index,
  variant,
  role: role ?? (index === 0 ? 'reference' : 'candidate'),
})

interface Figures {
  readonly precision: string
  readonly correct: number
  readonly accuracy: Estimate
  readonly lost?: number
  readonly gained?: number
  readonly p?: number
  readonly difference?: Estimate
  readonly verdict?: Verdict
  readonly needed?: number
  readonly bits: number
  readonly bytes: number
  readonly speed: number
}

const estimate = (value: number, low: number, high: number): Estimate => ({ value, low, high })

const figures: readonly Figures[] = [
  {
    precision: 'F16',
    correct: 254,
    accuracy: estimate(0.8141, 0.7671, 0.8535),
    bits: 16,
    bytes: 7_927_040,
    speed: 696,
  },
  {
    precision: 'Q8_0',
    correct: 252,
    accuracy: estimate(0.8077, 0.7602, 0.8477),
    lost: 4,
    gained: 2,
    p: 0.6875,
    difference: estimate(0.0064, -0.0115, 0.0249),
    verdict: 'inconclusive',
    needed: 1234,
    bits: 8.5,
    bytes: 4_238_720,
    speed: 807,
  },
  {
    precision: 'FP8-E4M3 (simulated)',
    correct: 254,
    accuracy: estimate(0.8141, 0.7671, 0.8535),
    lost: 1,
    gained: 1,
    p: 1,
    difference: estimate(0, -0.0104, 0.0104),
    verdict: 'pass',
    bits: 16,
    bytes: 7_927_040,
    speed: 694,
  },
  {
    precision: 'Q2_K',
    correct: 85,
    accuracy: estimate(0.2724, 0.226, 0.3244),
    lost: 171,
    gained: 2,
    p: 2.5e-48,
    difference: estimate(0.5417, 0.4831, 0.5943),
    verdict: 'fail',
    bits: 3.18,
    bytes: 1_674_272,
    speed: 96.52,
  },
]

function row(index: number, figure: Figures): Comparison['variants'][number] {
  const { precision, lost, gained, correct } = figure
  const part: VariantComparison = {
    index,
    n: 312,
    correct,
    accuracy: figure.accuracy,
    pairs: 312,
    prompts: 312,
    quadrants:
      lost === undefined || gained === undefined
        ? null
        : { bothRight: 254 - lost, lost, gained, bothWrong: 312 - 254 - gained },
    mcnemarP: figure.p ?? null,
    mcnemarMidP: figure.p ?? null,
    difference: figure.difference ?? null,
    verdictInterval: figure.difference ?? null,
    verdict: figure.verdict ?? null,
    method: figure.difference === undefined ? null : 'newcombe-10',
    promptsNeeded: figure.needed ?? null,
    tokensPerSecond: measured(figure.speed),
    firstTokenMs: measured(4),
    medianTokens: measured(30),
    thinkingRatio: measured(1),
    errors: 0,
    ungradable: 0,
    open: 0,
    thinkStates: { normal: 312 },
  }
  const shown = { name: precision, bitsPerWeight: figure.bits, simulated: precision.includes('simulated') }
  const variant = sampleVariant(precision, { precision: shown, sizeBytes: figure.bytes })
  return { ...part, runVariant: sampleRunVariant(index, variant) }
}

export const sampleComparison: Comparison = {
  run: 17,
  suite: { name: 'specimen-quick', hash, n: 312 },
  reference: 0,
  variants: figures.map((figure, index) => row(index, figure)),
  margin: 0.02,
  alpha: 0.05,
  seconds: 131.4,
  arm: 'natural',
  byTag: [],
  noiseFloor: null,
  versions: { stats: '1', grading: '1', splitter: '1' },
  notes: [],
}

function measured(value: number): Measured {
  return { n: 312, value, interval: [0.98 * value, 1.02 * value] }
}
