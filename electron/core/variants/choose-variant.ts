import { LabError } from '#shared/domain/error.ts'
import { rowOf, variantsOf } from '#shared/domain/families.ts'
import type { Family, Variant } from '#shared/domain/variant.ts'
import { nearNames } from './near-names.ts'

type Test = (variant: Variant, wanted: string) => boolean

/** Digits of a digest that are enough to name a variant by it. */
const minDigestChars = 8

/** Names of one file or tag, the most exact first. */
const placeNames: readonly Test[] = [
  ({ id }, wanted) => id.toLowerCase() === wanted,
  ({ name, ref }, wanted) => name.toLowerCase() === wanted || ref.toLowerCase() === wanted,
  // Where no tag is named, Ollama itself means this one.
  ({ ref }, wanted) => ref.toLowerCase() === `${wanted}:latest`,
]

/** Names of a row, wherever it lies: its first place is meant. */
const rowNames: readonly Test[] = [
  ({ family, precision }, wanted) => `${family} ${precision.name}`.toLowerCase() === wanted,
  ({ digest }, wanted) => beginsDigest(digest, wanted),
  ({ weightsDigest }, wanted) => weightsDigest !== null && beginsDigest(weightsDigest, wanted),
]

/**
 * The variant that a name means: a file or a tag, or a row's first place.
 * @param silent why endpoints are not among the families, in sentences: what is named may be theirs
 * @throws LabError MODEL_NOT_FOUND, or BAD_REQUEST where it fits several
 */
export function chooseVariant(name: string, families: readonly Family[], silent: readonly string[]): Variant {
  const wanted = name.toLowerCase()
  const variants = variantsOf(families)
  const fitting = (test: Test) => variants.filter((variant) => test(variant, wanted))
  for (const test of placeNames) {
    const found = fitting(test)
    if (found.length > 1) throw ambiguous(name, found)
    if (found[0] !== undefined) return found[0]
  }
  for (const test of rowNames) {
    const found = fitting(test)
    if (new Set(found.map(({ id }) => rowOf(families, id))).size > 1) throw ambiguous(name, found)
    if (found[0] !== undefined) return found[0]
  }
  const where = silent.length === 0 ? '.' : ` among those that answer. ${silent.join(' ')}`
  throw new LabError('MODEL_NOT_FOUND', `There is no variant named ${name}${where}`, {
    hint: nearNames(wanted, variants),
  })
}

const beginsDigest = (digest: string, wanted: string): boolean =>
  wanted.length >= minDigestChars && digest.slice('sha256:'.length).startsWith(wanted.replace(/^sha256:/, ''))

function ambiguous(name: string, found: readonly Variant[]): LabError {
  const ids = found.map(({ id }) => id).join(', ')
  return new LabError('BAD_REQUEST', `${name} fits ${found.length} variants: ${ids}.`, {
    hint: 'Name one of them by its id.',
  })
}
