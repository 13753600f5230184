import { comparePrecision } from '#shared/domain/precision.ts'
import type { Digest } from '#shared/domain/ids.ts'
import { sameWeightsAs, sameWeightsNote } from '#shared/domain/same-weights.ts'
import type { Family, Variant } from '#shared/domain/variant.ts'

/** 7b before 14b. */
const byName = new Intl.Collator('en', { numeric: true }).compare

/** Groups variants into families, finest precision first. Equal weights end up in one family and say so. */
export function groupFamilies(variants: readonly Variant[]): readonly Family[] {
  const byFamily = Map.groupBy(withEqualWeights(variants), ({ family }) => family)
  return [...byFamily]
    .map(([name, members]) => ({
      name,
      variants: members.toSorted((a, b) => comparePrecision(a.precision, b.precision) || a.name.localeCompare(b.name)),
    }))
    .toSorted((a, b) => byName(a.name, b.name))
}

/** Variants whose weights are the same bytes, by the digest of these bytes; only where there are two or more. */
export function equalWeights(variants: readonly Variant[]): ReadonlyMap<Digest, readonly Variant[]> {
  const known = variants.filter((variant) => variant.weightsDigest !== null)
  const groups = Map.groupBy(known, (variant) => variant.weightsDigest as Digest)
  return new Map([...groups].filter(([, members]) => members.length > 1))
}

/** A tag may be called anything: one with the weights of a known file belongs to that file's family. */
function withEqualWeights(variants: readonly Variant[]): readonly Variant[] {
  const groups = equalWeights(variants)
  const members = Map.groupBy(variants, ({ family }) => family)
  const size = (family: string) => members.get(family)?.length ?? 0
  return variants.map((variant) => {
    const equals = variant.weightsDigest === null ? undefined : groups.get(variant.weightsDigest)
    if (equals === undefined) return variant
    const [family = variant.family] = equals
      .map((other) => other.family)
      .toSorted((a, b) => size(b) - size(a) || a.localeCompare(b))
    return { ...variant, family, notes: [...variant.notes, sameWeightsNote(sameWeightsAs(variant, equals))] }
  })
}
