import type { RunId } from '#shared/domain/ids.ts'
import type { CellCounts } from '#shared/domain/run.ts'
import { cellRange } from './cell-row.ts'
import type { Database } from './database.ts'
import type { VariantTally } from './store.ts'

/** A run without cells, or one whose cells are not counted yet. `running` is the executor's to add. */
export const noCells: CellCounts = { total: 0, pending: 0, running: 0, done: 0, error: 0 }

interface CountRow {
  readonly run_id: number
  readonly state: 'pending' | 'done' | 'error'
  readonly n: number
}

/** By run: of one, or of all. Counted from an index, never kept beside the cells where it could go wrong. */
export function countCells(db: Database, run?: RunId): ReadonlyMap<number, CellCounts> {
  const group = 'GROUP BY run_id, state'
  const rows =
    run === undefined
      ? db.all<CountRow>(`SELECT run_id, state, count(*) AS n FROM cell ${group}`)
      : db.all<CountRow>(`SELECT run_id, state, count(*) AS n FROM cell WHERE run_id = ? ${group}`, run)
  const counts = new Map<number, CellCounts>()
  for (const { run_id: id, state, n } of rows) {
    const before = counts.get(id) ?? noCells
    counts.set(id, { ...before, total: before.total + n, [state]: n })
  }
  return counts
}

/** Every variant has as many cells, so only those that ran are looked at, by way of the index of states. */
export function tallyVariants(db: Database, run: RunId): readonly VariantTally[] {
  const { first, last } = cellRange(db, run)
  return db.all<{ [K in keyof VariantTally]: VariantTally[K] }>(
    `SELECT position AS variantIndex, ? / count(*) OVER () AS total, coalesce(done, 0) AS done,
            coalesce(error, 0) AS error, coalesce(ms, 0) AS totalMs
     FROM run_variant LEFT JOIN (
       SELECT variant_index, sum(state = 'done') AS done, sum(state = 'error') AS error, sum(total_ms) AS ms
       FROM cell WHERE run_id = ?2 AND state IN ('done', 'error') GROUP BY variant_index
     ) ON variant_index = position
     WHERE run_id = ?2 ORDER BY position`,
    last - first + 1,
    run,
  )
}
