import type { Arm } from '#shared/domain/engine.ts'
import { cellId, type RunId } from '#shared/domain/ids.ts'
import type { Database } from './database.ts'
import type { PlannedCell } from './store.ts'

interface MissingRow {
  readonly id: number
  readonly variantIndex: number
  readonly promptIndex: number
  readonly arm: Arm
  readonly sample: number
  readonly state: 'pending' | 'error'
}

const missingSql = `
  SELECT id, variant_index AS variantIndex, prompt_index AS promptIndex, arm, sample, state FROM cell
  WHERE run_id = ? AND state`

export function missingCells(db: Database, run: RunId, errors: boolean): readonly PlannedCell[] {
  const states = JSON.stringify(errors ? ['pending', 'error'] : ['pending'])
  const sql = `${missingSql} IN (SELECT value FROM json_each(?)) ORDER BY id`
  return db.all<MissingRow>(sql, run, states).map(planned)
}

const cellsAtOnce = 200

/**
 * The pending cells of one variant in schedule order, read in pages: cells may be recorded meanwhile, and nobody holds
 * a list of a hundred thousand.
 */
export function* eachMissingCell(db: Database, run: RunId, variantIndex: number): Generator<PlannedCell> {
  // A variant's cells lie side by side.
  const range = db.get<{ first: number | null; last: number | null }>(
    'SELECT min(id) AS first, max(id) AS last FROM cell WHERE run_id = ? AND variant_index = ?',
    run,
    variantIndex,
  )
  if (range === null || range.first === null || range.last === null) return
  const sql = `${missingSql} = 'pending' AND id > ? AND id <= ? ORDER BY id LIMIT ?`
  for (let after = range.first - 1; after < range.last;) {
    const rows = db.all<MissingRow>(sql, run, after, range.last, cellsAtOnce)
    for (const row of rows) yield planned(row)
    const end = rows.at(-1)
    if (end === undefined) return
    after = end.id
  }
}

const planned = (row: MissingRow): PlannedCell => ({ ...row, id: cellId(row.id) })
