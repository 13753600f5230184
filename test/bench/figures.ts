/** The middle one; of an even number the upper of the two. */
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The smallest value that at least the fraction `q` of the values do not exceed. NaN for none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

/** How long each of `n` repetitions took, milliseconds. */
export function times(n: number, work: () => unknown): number[] {
  return Array.from({ length: n }, () => {
    const startedMs = performance.now()
    work()
    return performance.now() - startedMs
  })
}
