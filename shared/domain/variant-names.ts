import { briefNames } from './brief-names.ts'
import type { Precision } from './precision.ts'
import type { RunVariant } from './run.ts'

/** A precision as people name it. One that is simulated always says so. */
export function precisionText({ name, simulated }: Precision): string {
  return simulated && !name.includes('simulated') ? `${name} (simulated)` : name
}

/** What the variants of one run are called, by index: the precision where it tells them apart, else the whole name. */
export function variantNames(variants: readonly RunVariant[]): ReadonlyMap<number, string> {
  const measured = variants.filter(({ role }) => role !== 'repeat')
  const families = new Set(measured.map(({ variant }) => variant.family))
  const precisions = new Set(measured.map(({ variant }) => variant.precision.name))
  const byPrecision = families.size === 1 && precisions.size === measured.length
  if (!byPrecision) return wholeNames(variants)
  return new Map(variants.map(({ index, role, variant }) => [index, passName(precisionText(variant.precision), role)]))
}

/**
 * The whole names, as scripts read them. Two variants of one name (FP8 simulated with other scales, two files of one
 * precision) also carry the beginning of their digest.
 */
export function wholeNames(variants: readonly RunVariant[]): ReadonlyMap<number, string> {
  const digests = Map.groupBy(variants, ({ variant }) => wholeName(variant))
  return new Map(
    variants.map(({ index, role, variant }) => {
      const name = wholeName(variant)
      const alone = new Set(digests.get(name)?.map((same) => same.variant.digest)).size === 1
      return [index, passName(alone ? name : `${name} ${variant.digest.replace('sha256:', '').slice(0, 8)}`, role)]
    }),
  )
}

/** For a list or the head of a column, in letters. */
const briefLength = 28

/** The names of one run's variants as lists show them: what tells them apart; the whole name is in the hover text. */
export function briefVariantNames(names: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const brief = briefNames([...names.values()], briefLength)
  return new Map([...names.keys()].map((index, place) => [index, brief[place] ?? '']))
}

const passName = (name: string, role: RunVariant['role']): string => (role === 'repeat' ? `${name}, second pass` : name)

function wholeName({ name, precision }: RunVariant['variant']): string {
  return precision.simulated && !name.includes('simulated') ? `${name} (simulated)` : name
}
