import type { CellCounts, VariantProgress } from '#shared/domain/run.ts'
import type { RunGrid } from './run-grid.ts'

/**
 * How far each variant has come by the cells themselves, which are told as they end; times as the lab said them last.
 * `cutOff`: cells by variant that count as missing, because they run again.
 */
export function progressByCells(
  progress: readonly VariantProgress[],
  grid: RunGrid | null,
  cutOff: ReadonlyMap<number, number>,
): readonly VariantProgress[] {
  return progress.map((variant) => {
    const rows = grid?.rows.filter(({ variantIndex }) => variantIndex === variant.variantIndex) ?? []
    const cut = cutOff.get(variant.variantIndex) ?? 0
    if (grid === null || rows.length === 0) return { ...variant, error: variant.error - cut }
    const error = rows.reduce((sum, { counts }) => sum + counts.error, 0)
    const pending = rows.reduce((sum, { counts }) => sum + counts.pending, 0)
    return { ...variant, error: Math.max(0, error - cut), done: rows.length * grid.columns - pending - error }
  })
}

/** The counts with cells that were cut off counted as missing. */
export function countsToRun(counts: CellCounts, failed: number): CellCounts {
  return { ...counts, error: failed, pending: counts.pending + counts.error - failed }
}
