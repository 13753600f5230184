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
  return new Map(
    variants.map(({ index, role, variant }) => {
      const name = byPrecision ? precisionText(variant.precision) : wholeName(variant)
      return [index, role === 'repeat' ? `${name}, second pass` : name]
    }),
  )
}

function wholeName({ name, precision }: RunVariant['variant']): string {
  return precision.simulated && !name.includes('simulated') ? `${name} (simulated)` : name
}
