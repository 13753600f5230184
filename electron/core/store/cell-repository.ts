import { cellId, type CellId, type RunId } from '#shared/domain/ids.ts'
import type { Cell } from '#shared/domain/run.ts'
import { countCells, noCells, tallyVariants } from './cell-counts.ts'
import { cellFacts } from './cell-facts.ts'
import { gridCodes } from './cell-grid.ts'
import { cellPace } from './cell-pace.ts'
import { findCells } from './cell-query.ts'
import { cellRange, cellsAfter, getCell } from './cell-row.ts'
import type { Database } from './database.ts'
import { eachMissingCell, missingCells } from './missing-cells.ts'
import { noFigures, recordCell, setDerived, setGrade } from './record-cell.ts'
import type { CellRepository } from './store.ts'

export function cellRepository(db: Database, now: () => number): CellRepository {
  return {
    missing: (run, { errors }) => missingCells(db, run, errors),
    eachMissing: (run, variantIndex) => eachMissingCell(db, run, variantIndex),
    record: (record) => db.transaction(() => recordCell(db, record, now())),
    setGrade: (cell, grade) => db.transaction(() => setGrade(db, cell, grade)),
    setDerived: (cell, derived) => db.transaction(() => setDerived(db, cell, { ...derived, nowMs: now() })),
    get: (id) => getCell(db, id),
    find(...place) {
      const sql = `SELECT id FROM cell
                   WHERE run_id = ? AND variant_index = ? AND prompt_index = ? AND arm = ? AND sample = ?`
      const row = db.get<{ id: number }>(sql, ...place)
      return row === null ? null : getCell(db, cellId(row.id))
    },
    promptTokens(...place) {
      const sql = `SELECT prompt_tokens AS n FROM cell
                   WHERE run_id = ? AND variant_index = ? AND prompt_index = ? AND arm = ? AND sample = ? AND state = 'done'`
      return db.get<{ n: number | null }>(sql, ...place)?.n ?? null
    },
    page(run, { filter = {}, sort = 'order', descending = false, offset, limit }) {
      const { total, ids } = findCells(db, run, { filter, order: { sort, descending }, offset, limit })
      return { total, rows: ids.map((id) => existing(getCell(db, id), id)) }
    },
    counts(run) {
      cellRange(db, run)
      return countCells(db, run).get(run) ?? noCells
    },
    tallies: (run) => tallyVariants(db, run),
    pace: (of) => cellPace(db, of),
    facts: (run) => cellFacts(db, run),
    grid: (run) => gridCodes(db, run),
    resetErrors: (run) => resetErrors(db, run),
    each: (run) => eachCell(db, run),
  }
}

/** The text of the failed attempt stays readable; what lists and statistics read of it goes. */
function resetErrors(db: Database, run: RunId): number {
  const sql = `UPDATE cell SET state = 'pending', end_reason = NULL, ${noFigures} WHERE run_id = ? AND state = 'error'`
  return db.run(sql, run).changes
}

const cellsAtOnce = 500

/** Reads in small pages: no statement stays open between two cells, so the caller may write meanwhile. */
function* eachCell(db: Database, run: RunId): Generator<Cell> {
  const { first, last } = cellRange(db, run)
  for (let after = first - 1; after < last;) {
    const cells = cellsAfter(db, after, last, cellsAtOnce)
    yield* cells
    const end = cells.at(-1)
    if (end === undefined) return
    after = end.id
  }
}

function existing(cell: Cell | null, id: CellId): Cell {
  if (cell === null) throw new Error(`cell ${id} went away while its page was read`)
  return cell
}
