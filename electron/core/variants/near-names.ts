import { differingShare, slip } from '#shared/domain/near-words.ts'
import type { Variant } from '#shared/domain/variant.ts'

/** Names that a hint can hold. */
const most = 3

/** A hint for a name that nothing has: the names closest to it, or, where none is close, some that there are. */
export function nearNames(wanted: string, variants: readonly Variant[]): string {
  if (variants.length === 0) return 'There are no variants yet: `variants` says what each engine lacks.'
  const ranked = variants
    .map((variant) => ({ name: variant.name, far: farness(wanted.toLowerCase(), variant) }))
    .toSorted((a, b) => a.far - b.far)
  const near = ranked.filter(({ far }) => far <= slip).slice(0, most)
  if (near.length > 0) return `Did you mean ${near.map(({ name }) => name).join(', ')}?`
  const some = ranked.slice(0, most).map(({ name }) => name)
  const more = ranked.length > most ? `, and ${ranked.length - most} more: \`variants\` lists them` : ''
  return `There are ${some.join(', ')}${more}.`
}

/** 0: the one name is part of the other; 1: nothing in common. */
function farness(wanted: string, { name, ref, id, family }: Variant): number {
  if (wanted.length > 2 && name.toLowerCase().includes(wanted)) return 0
  const shares = [name, ref, id].map((one) => differingShare(wanted, one.toLowerCase()))
  return Math.min(wanted.includes(family.toLowerCase()) ? slip : 1, ...shares)
}
