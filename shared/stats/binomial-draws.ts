import type { RandomBelow } from './random.ts'

/**
 * Returns draws from a binomial distribution: how many of `n` tries hit, each with chance `hits / n`.
 * Exact to 2^-32: one number a draw is looked up in the cumulative distribution, which is made once.
 */
export function binomialDraws(n: number, hits: number, below: RandomBelow): () => number {
  if (hits === 0 || hits === n) return () => hits
  const cumulative = cumulativeWeights(n, hits / n)
  const total = cumulative[n] ?? 0
  return () => {
    const sought = (below(2 ** 32) / 2 ** 32) * total
    let low = 0
    let high = n
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((cumulative[middle] ?? 0) > sought) high = middle
      else low = middle + 1
    }
    return low
  }
}

// Weights grow from the mode outwards by the ratio of neighbours, so that none overflows; the far ones go to 0.
function cumulativeWeights(n: number, chance: number): Float64Array {
  const weights = new Float64Array(n + 1)
  const mode = Math.floor((n + 1) * chance)
  const odds = chance / (1 - chance)
  weights[mode] = 1
  for (let k = mode + 1; k <= n; k += 1) weights[k] = ((weights[k - 1] ?? 0) * (n - k + 1) * odds) / k
  for (let k = mode - 1; k >= 0; k -= 1) weights[k] = ((weights[k + 1] ?? 0) * (k + 1)) / ((n - k) * odds)
  for (let k = 1; k <= n; k += 1) weights[k] = (weights[k] ?? 0) + (weights[k - 1] ?? 0)
  return weights
}
