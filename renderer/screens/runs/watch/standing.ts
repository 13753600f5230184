import type { VariantProgress } from '#shared/domain/run.ts'
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
