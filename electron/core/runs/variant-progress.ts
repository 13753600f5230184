import type { Run, VariantProgress } from '#shared/domain/run.ts'
import type { Store } from '../store/store.ts'

/** How far each variant of a run has come. What is left is guessed from the nearest experience there is: see `VariantProgress`. */
export function variantProgress(store: Store, run: Run): readonly VariantProgress[] {
  const lanes = run.spec.concurrency ?? 1
  const tallies = store.cells.tallies(run.id).map((tally) => ({
    ...tally,
    ran: tally.done + tally.error,
    seconds: tally.totalMs / 1000 / lanes,
  }))
  const ranInAll = tallies.reduce((sum, { ran }) => sum + ran, 0)
  const secondsInAll = tallies.reduce((sum, { seconds }) => sum + seconds, 0)
  const typical = ranInAll === 0 ? null : secondsInAll / ranInAll

  const secondsPerCell = ({ variantIndex, ran, seconds }: (typeof tallies)[number]): number | null => {
    if (ran > 0) return seconds / ran
    const digest = run.variants[variantIndex]?.variant.digest
    const earlier = digest === undefined ? null : store.variants.secondsPerCell(digest)
    return earlier === null ? typical : earlier / lanes
  }
  return tallies.map((tally) => {
    const { variantIndex, total, done, error, ran, seconds } = tally
    const each = secondsPerCell(tally)
    const secondsLeft = total === ran ? 0 : each === null ? null : each * (total - ran)
    return { variantIndex, total, done, error, seconds, secondsLeft }
  })
}
