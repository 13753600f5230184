import type { Comparison, Estimate, VariantComparison, Verdict } from '#shared/domain/comparison.ts'
import type { Digest, SuiteHash } from '#shared/domain/ids.ts'
import { precisionText } from './variant-names.ts'

/** One variant as scripts read it. Shares, not percent; bytes; null where there was nothing to measure. */
export interface VariantSummary {
  readonly name: string
  readonly precision: string
  readonly digest: Digest
  readonly bytes: number
  readonly bitsPerWeight: number | null
  readonly n: number
  readonly correct: number
  readonly accuracy: Estimate | null
  readonly lost: number | null
  readonly gained: number | null
  readonly mcnemarP: number | null
  readonly difference: Estimate | null
  readonly verdict: Verdict | null
  readonly tokensPerSecond: number | null
  readonly errors: number
}

/** What `demo --json` and `export --format json` print. Stable: fields may be added, none changes its meaning. */
export interface ComparisonSummary {
  readonly run: number
  readonly suite: { readonly name: string; readonly hash: SuiteHash | null; readonly n: number }
  /** Name of the reference among `variants`. */
  readonly reference: string
  readonly margin: number
  readonly seconds: number
  /** The reference first; beside itself it loses nothing by definition: 0 lost, p 1, difference 0, verdict pass. */
  readonly variants: readonly VariantSummary[]
}

export function summarise(comparison: Comparison): ComparisonSummary {
  const { run, suite, reference, margin, seconds, variants } = comparison
  const base = variants.find(({ index }) => index === reference)
  const others = variants.filter((variant) => variant !== base)
  return {
    run,
    suite,
    reference: base?.runVariant.variant.name ?? '',
    margin,
    seconds,
    variants: [...(base === undefined ? [] : [base]), ...others].map((variant) =>
      summariseVariant(variant, variant === base),
    ),
  }
}

function summariseVariant(compared: Comparison['variants'][number], isReference: boolean): VariantSummary {
  const { name, precision, digest, sizeBytes } = compared.runVariant.variant
  const { n, correct, accuracy, tokensPerSecond, errors } = compared
  return {
    name,
    precision: precisionText(precision),
    digest,
    bytes: sizeBytes,
    bitsPerWeight: precision.bitsPerWeight,
    n,
    correct,
    accuracy,
    ...(isReference ? againstItself : againstReference(compared)),
    tokensPerSecond,
    errors,
  }
}

const againstItself = {
  lost: 0,
  gained: 0,
  mcnemarP: 1,
  difference: { value: 0, low: 0, high: 0 },
  verdict: 'pass',
} as const

const againstReference = ({ quadrants, mcnemarP, difference, verdict }: VariantComparison) => ({
  lost: quadrants?.lost ?? null,
  gained: quadrants?.gained ?? null,
  mcnemarP,
  difference,
  verdict,
})
