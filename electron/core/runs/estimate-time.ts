/** Cells that must have run before a time is guessed at. */
const minimumSeen = 3

/**
 * Time left, from what cells took in this run. A variant that has not run yet is taken to be as fast as the mean of
 * those that have, which is why the figure settles as the run goes on.
 */
export interface TimeEstimate {
  cellDone(variantIndex: number, seconds: number): void
  /** Null until enough is known. `parallel`: cells that run at the same time. */
  secondsLeft(parallel: number): number | null
}

/** `missing`: how many cells each variant still has to run. */
export function createTimeEstimate(missing: ReadonlyMap<number, number>): TimeEstimate {
  const left = new Map(missing)
  const seen = new Map<number, { cells: number; seconds: number }>()

  return {
    cellDone(variantIndex, seconds) {
      left.set(variantIndex, Math.max(0, (left.get(variantIndex) ?? 0) - 1))
      const sum = seen.get(variantIndex) ?? { cells: 0, seconds: 0 }
      seen.set(variantIndex, { cells: sum.cells + 1, seconds: sum.seconds + seconds })
    },
    secondsLeft(parallel) {
      const rates = [...seen.values()]
      const cells = rates.reduce((sum, rate) => sum + rate.cells, 0)
      if (cells < minimumSeen) return null
      const typical = rates.reduce((sum, rate) => sum + rate.seconds, 0) / cells
      let total = 0
      for (const [variantIndex, count] of left) {
        const own = seen.get(variantIndex)
        total += count * (own === undefined ? typical : own.seconds / own.cells)
      }
      return total / Math.max(1, parallel)
    },
  }
}
