/** Two-sided p-values of "lost and gained are equally likely". */
export interface McNemar {
  readonly p: number
  /** Less conservative: half of the observed table's probability is left out on each side. */
  readonly midP: number
}

/**
 * McNemar's exact test from the two counts of pairs that differ.
 * Exact: the binomial tail at 1/2, doubled and cut at 1. Mid-p: the doubled tail less the observed table's probability
 * (Fagerland, Lydersen, Laake, BMC Medical Research Methodology 13 (2013), 91). Both are 1 where lost equals gained.
 * Tests for any difference; a large p does not show that there is none.
 */
export function mcnemar(lost: number, gained: number): McNemar {
  if (!Number.isSafeInteger(lost) || !Number.isSafeInteger(gained) || lost < 0 || gained < 0) {
    throw new RangeError(`not two counts: ${lost}, ${gained}`)
  }
  if (lost === gained) return { p: 1, midP: 1 }
  const m = lost + gained
  const k = Math.min(lost, gained)
  const observed = fairCoinProbability(m, k)
  const twoTails = 2 * lowerTail(m, k, observed)
  return { p: Math.min(1, twoTails), midP: Math.min(1, twoTails - observed) }
}

/**
 * C(m, k) / 2^m for k <= m / 2, without logarithms: the halvings are put in while the product grows, so that it neither
 * overflows nor loses a digit to cancellation. 0 below the smallest double.
 */
function fairCoinProbability(m: number, k: number): number {
  let product = 1
  let halvings = m
  for (let i = 1; i <= k; i += 1) {
    product *= (m - k + i) / i
    while (product >= 2 && halvings > 0) {
      product /= 2
      halvings -= 1
    }
  }
  return product * 2 ** -halvings
}

/** P(X <= k): terms fall from k downwards, so the sum stops where a term no longer counts. */
function lowerTail(m: number, k: number, observed: number): number {
  let term = observed
  let sum = observed
  for (let i = k; i > 0 && term > sum * 1e-18; i -= 1) {
    term *= i / (m - i + 1)
    sum += term
  }
  return sum
}
