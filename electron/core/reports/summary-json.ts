import type { Comparison, Estimate, VariantComparison, Verdict } from '#shared/domain/comparison.ts'
import type { Digest, SuiteHash } from '#shared/domain/ids.ts'
import { precisionText, wholeNames } from '#shared/domain/variant-names.ts'
import type { ReportInput } from './report-input.ts'

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
  /** Accuracy of the reference minus this variant's: a loss is positive. */
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
  /**
   * Of the run's first arm. The reference first; where it has graded cells it loses nothing beside itself by definition: 0 lost, p 1, difference 0,
   * verdict pass.
   */
  readonly variants: readonly VariantSummary[]
  /** Every arm, where the run has several; the first one is `variants` again. */
  readonly arms?: readonly { readonly arm: string; readonly variants: readonly VariantSummary[] }[]
}

export function summarise(arms: ReportInput['arms']): ComparisonSummary {
  const [{ comparison: first }] = arms
  const { run, suite, reference, margin, seconds, variants } = first
  const names = wholeNames(variants.map(({ runVariant }) => runVariant))
  return {
    run,
    suite,
    reference: names.get(reference) ?? '',
    margin,
    seconds,
    variants: summariseArm(first, names),
    ...(arms.length > 1 && {
      arms: arms.map(({ comparison }) => ({ arm: comparison.arm, variants: summariseArm(comparison, names) })),
    }),
  }
}

function summariseArm({ reference, variants }: Comparison, names: ReadonlyMap<number, string>): VariantSummary[] {
  const base = variants.find(({ index }) => index === reference)
  const others = variants.filter((variant) => variant !== base)
  return [...(base === undefined ? [] : [base]), ...others].map((variant) => ({
    name: names.get(variant.index) ?? '',
    ...summariseVariant(variant, variant === base),
  }))
}

function summariseVariant(
  compared: Comparison['variants'][number],
  isReference: boolean,
): Omit<VariantSummary, 'name'> {
  const { precision, digest, sizeBytes } = compared.runVariant.variant
  const { n, correct, accuracy, tokensPerSecond, errors } = compared
  return {
    precision: precisionText(precision),
    digest,
    bytes: sizeBytes,
    bitsPerWeight: precision.bitsPerWeight,
    n,
    correct,
    accuracy,
    ...(isReference && n > 0 ? againstItself : againstReference(compared)),
    tokensPerSecond: tokensPerSecond?.value ?? null,
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
