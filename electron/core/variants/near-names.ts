import type { Variant } from '#shared/domain/variant.ts'

/** Names that a hint can hold. */
const most = 3
/** Share of the letters that may differ in a slip of the pen. */
const slip = 0.45

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
  const names = [name, ref, id].map((one) => one.toLowerCase())
  const shares = names.map((one) => editDistance(wanted, one) / Math.max(wanted.length, one.length))
  return Math.min(wanted.includes(family.toLowerCase()) ? slip : 1, ...shares)
}

/** Levenshtein's: letters put in, left out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let line = 0; line < a.length; line += 1) {
    const next = [line + 1]
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (a[line] === b[column - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
