import type { Estimate } from '../domain/comparison.ts'
import { twoSidedZ } from './normal-quantile.ts'

/**
 * Agreement of two raters beyond what chance would give, for categories without an order, with a large-sample interval.
 * One pair of categories an item, -1 to 1. Null without items, and where both raters only ever used one and the same category:
 * then chance explains everything. J. Cohen, Educational and Psychological Measurement 20 (1960), 37-46; the standard error is
 * that of J. L. Fleiss, J. Cohen, B. S. Everitt, Psychological Bulletin 72 (1969), 323-327.
 */
export function cohenKappa(pairs: readonly (readonly [string, string])[], confidence = 0.95): Estimate | null {
  const n = pairs.length
  const first = tally(pairs.map(([a]) => a))
  const second = tally(pairs.map(([, b]) => b))
  const categories = [...new Set([...first.keys(), ...second.keys()])]
  if (categories.length < 2) return null
  // Whole numbers as far as they go: perfect agreement is 1 and not 1 and a rounding error.
  const agreed = pairs.filter(([a, b]) => a === b).length
  const byChance = sum(categories.map((category) => (first.get(category) ?? 0) * (second.get(category) ?? 0)))
  const value = (n * agreed - byChance) / (n * n - byChance)
  const half = twoSidedZ(confidence) * standardError(pairs, { first, second, value, expected: byChance / (n * n) })
  return { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) }
}

interface Rated {
  readonly first: ReadonlyMap<string, number>
  readonly second: ReadonlyMap<string, number>
  readonly value: number
  readonly expected: number
}

/** Equation 13 of Fleiss, Cohen and Everitt: their A and B summed item by item, and C. */
function standardError(
  pairs: readonly (readonly [string, string])[],
  { first, second, value, expected }: Rated,
): number {
  const n = pairs.length
  const inFirst = (category: string) => (first.get(category) ?? 0) / n
  const inSecond = (category: string) => (second.get(category) ?? 0) / n
  const chance = 1 - value
  const terms = pairs.map(([a, b]) =>
    a === b ? (1 - (inFirst(a) + inSecond(a)) * chance) ** 2 : (chance * (inSecond(a) + inFirst(b))) ** 2,
  )
  const spread = sum(terms) / n - (value - expected * chance) ** 2
  return Math.sqrt(Math.max(0, spread) / n) / (1 - expected)
}

function tally(categories: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const category of categories) counts.set(category, (counts.get(category) ?? 0) + 1)
  return counts
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
