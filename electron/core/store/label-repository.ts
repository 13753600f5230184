import { LabError } from '#shared/domain/error.ts'
import { cellId, type CellId } from '#shared/domain/ids.ts'
import type { Judgement, LabelRecord, Outcome } from '#shared/domain/label.ts'
import type { Database } from './database.ts'
import { readJsonOrNull, writeJsonOrNull } from './json-column.ts'
import type { LabelRepository } from './store.ts'

export function labelRepository(db: Database): LabelRepository {
  return {
    toReview: () => db.get<{ n: number }>('SELECT count(*) AS n FROM cell WHERE needs_review = 1')?.n ?? 0,
    append: (record) => db.transaction(() => appendLabel(db, record)),
    history: (cell) => db.all<LabelRow>(`${labelSql} WHERE cell_id = ? ORDER BY id`, cell).map(readLabel),
    latest(run, { cells, source } = {}) {
      const rows = db.all<LabelRow>(
        `SELECT * FROM (
           SELECT label_record.*, row_number() OVER (PARTITION BY cell_id ORDER BY ${whoCounts}, label_record.id DESC) AS place
           FROM label_record JOIN cell ON cell.id = cell_id
           WHERE cell.run_id = ? AND label_record.id > cell.labels_after AND ${stands}
           ${cells === undefined ? '' : 'AND cell_id IN (SELECT value FROM json_each(?))'}
         ) WHERE place = 1 ${source === undefined ? '' : 'AND source = ?'} ORDER BY cell_id`,
        run,
        ...(cells === undefined ? [] : [JSON.stringify(cells)]),
        ...(source === undefined ? [] : [source]),
      )
      return new Map(rows.map((row) => [cellId(row.cell_id), readLabel(row)]))
    },
  }
}

/** Adds a line to the log and brings the cell's row up to what counts now. Runs inside the caller's transaction. */
export function appendLabel(db: Database, record: Omit<LabelRecord, 'id'>): LabelRecord {
  if (db.get('SELECT id FROM cell WHERE id = ?', record.cell) === null) {
    throw new LabError('NOT_FOUND', `There is no cell ${record.cell}.`)
  }
  const { id } = db.run(
    `INSERT INTO label_record (cell_id, outcome, source, author, reason, judgement, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    record.cell,
    record.outcome,
    record.source,
    record.by,
    record.reason,
    writeJsonOrNull(record.judgement),
    record.atMs,
  )
  refreshOutcome(db, cellId(record.cell))
  return { ...record, id }
}

/** The label that counts for a cell's present text, or null. */
function countingLabel(db: Database, cell: CellId): LabelRecord | null {
  const row = db.get<LabelRow>(
    `SELECT label_record.* FROM label_record JOIN cell ON cell.id = cell_id
     WHERE cell_id = ? AND label_record.id > cell.labels_after AND ${stands} ORDER BY ${whoCounts}, label_record.id DESC LIMIT 1`,
    cell,
  )
  return row === null ? null : readLabel(row)
}

function refreshOutcome(db: Database, cell: CellId): void {
  const label = countingLabel(db, cell)
  const sql = 'UPDATE cell SET outcome = ?, needs_review = ? WHERE id = ?'
  db.run(sql, label?.outcome ?? null, label !== null && waitsForReview(label) ? 1 : 0, cell)
}

/** A person's word settles it. */
function waitsForReview({ source, outcome, judgement }: LabelRecord): boolean {
  if (source === 'person') return false
  return judgement?.needsReview ?? outcome === 'none'
}

const whoCounts = `CASE source WHEN 'person' THEN 0 WHEN 'judge' THEN 1 ELSE 2 END`
/** A person's word stands until the same person takes it back, and then what was said before them counts again. */
const stands = `NOT (label_record.source = 'person' AND EXISTS (
  SELECT 1 FROM label_record AS later
  WHERE later.cell_id = label_record.cell_id AND later.id >= label_record.id AND later.source = 'person'
    AND later.author = label_record.author AND later.outcome = 'none'))`
const labelSql = 'SELECT * FROM label_record'

interface LabelRow {
  readonly id: number
  readonly cell_id: number
  readonly outcome: Outcome
  readonly source: LabelRecord['source']
  readonly author: string
  readonly reason: string | null
  readonly judgement: string | null
  readonly at_ms: number
}

function readLabel(row: LabelRow): LabelRecord {
  return {
    id: row.id,
    cell: row.cell_id,
    outcome: row.outcome,
    source: row.source,
    by: row.author,
    reason: row.reason,
    judgement: readJsonOrNull<Judgement>(row.judgement),
    atMs: row.at_ms,
  }
}
