import type { CellCounts, VariantProgress } from '#shared/domain/run.ts'
import type { RunGrid } from './run-grid.ts'

/**
 * How far each variant has come by the cells themselves, which are told as they end; times as the lab said them last.
 */
export function progressByCells(
  progress: readonly VariantProgress[],
  grid: RunGrid | null,
): readonly VariantProgress[] {
  return progress.map((variant) => {
    const rows = grid?.rows.filter(({ variantIndex }) => variantIndex === variant.variantIndex) ?? []
    if (grid === null || rows.length === 0) return variant
    const error = rows.reduce((sum, { counts }) => sum + counts.error, 0)
    const pending = rows.reduce((sum, { counts }) => sum + counts.pending, 0)
    return { ...variant, error, done: rows.length * grid.columns - pending - error }
  })
}

/** How far the whole run has come, by the same cells: the lab says its own counts only every now and then. */
export function countsByCells(counts: CellCounts, grid: RunGrid | null): CellCounts {
  if (grid === null || grid.rows.length * grid.columns !== counts.total) return counts
  const sum = (state: 'error' | 'pending') => grid.rows.reduce((all, row) => all + row.counts[state], 0)
  const [error, waiting] = [sum('error'), sum('pending')]
  const running = Math.min(counts.running, waiting)
  return { total: counts.total, running, pending: waiting - running, error, done: counts.total - waiting - error }
}
