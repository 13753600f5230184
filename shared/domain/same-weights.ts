import type { Variant } from './variant.ts'

/** The other variants whose weights are the same bytes, on whatever engine, by id. Empty where the digest of the weights is not known. */
export function sameWeightsAs(variant: Variant, all: readonly Variant[]): readonly Variant[] {
  if (variant.weightsDigest === null) return []
  return all
    .filter((other) => other.id !== variant.id && other.weightsDigest === variant.weightsDigest)
    .toSorted((a, b) => a.id.localeCompare(b.id))
}

/** The note that the list carries about them, in words. */
export const sameWeightsNote = (others: readonly Variant[]): string =>
  `Same weights as ${others.map(({ id }) => id).join(', ')}.`

/** What there is to know of a variant besides that: a label that disagrees with the tensors, for instance. */
export function otherNotes(variant: Variant, all: readonly Variant[]): readonly string[] {
  const others = sameWeightsAs(variant, all)
  return variant.notes.filter((note) => others.length === 0 || note !== sameWeightsNote(others))
}
