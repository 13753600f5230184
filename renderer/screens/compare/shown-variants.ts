import type { RunVariant } from '#shared/domain/run.ts'
import { briefVariantNames, variantNames } from '#shared/domain/variant-names.ts'
import type { Series } from '../../charts/series.ts'

/** The variants of a run as the screen names and colours them, by index. */
export type ShownVariants = ReadonlyMap<number, Series>

/**
 * With `blind`, letters in an order that has nothing to do with precision and is the same whenever the run is opened, and no
 * colours: who reads the answers cannot tell which variant wrote them.
 */
export function shownVariants(
  variants: readonly RunVariant[],
  { run, blind }: { readonly run: number; readonly blind: boolean },
): ShownVariants {
  if (blind) {
    const order = shuffled(
      variants.map(({ index }) => index),
      run,
    )
    return new Map(
      order.map((key, place) => [key, { key, name: letters(place), brief: letters(place), precision: null }]),
    )
  }
  const names = variantNames(variants)
  const briefs = briefVariantNames(names)
  return new Map(
    variants.map(({ index, variant }) => {
      const name = names.get(index) ?? variant.name
      return [index, { key: index, name, brief: briefs.get(index) ?? name, precision: variant.precision.name }]
    }),
  )
}

export const nameOf = (shown: ShownVariants, index: number): Series =>
  shown.get(index) ?? { key: index, name: `variant ${index}`, brief: `variant ${index}`, precision: null }

/** A, B … Z, AA … */
function letters(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26))
  return place < 26 ? letter : letters(Math.floor(place / 26) - 1) + letter
}

/** Fisher and Yates with a small seeded generator (mulberry32): an order that a run keeps. */
function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const out = [...items]
  let state = (seed * 0x9e3779b1) >>> 0
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  for (let last = out.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const kept = out[last] as T
    out[last] = out[other] as T
    out[other] = kept
  }
  return out
}
