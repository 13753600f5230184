import { LabError, type ErrorCode } from '#shared/domain/error.ts'
import type { CellId } from '#shared/domain/ids.ts'
import type { Database } from './database.ts'
import { readBlobText } from './read-blob.ts'
import { wordText } from './words.ts'

/**
 * The full-text index writes a piece of itself for every transaction that touches it, which takes longer than all the
 * rest of recording a cell. So the words of some cells go in together; which ones wait stands in the store, and whoever
 * searches lets them in first.
 */
const cellsAtOnce = 32

/** Why the words that wait may have to wait on: a search then does without the latest cells. */
const passing: readonly ErrorCode[] = ['DISK_FULL', 'READ_ONLY', 'STORE_LOCKED']

/** Runs inside the caller's transaction. */
export function queueWords(db: Database, cell: CellId): void {
  db.run('INSERT OR IGNORE INTO word_queue (cell_id) VALUES (?)', cell)
  const waiting = db.get<{ n: number }>('SELECT count(*) AS n FROM word_queue')?.n ?? 0
  if (waiting >= cellsAtOnce) indexQueue(db)
}

/** Lets the words in that wait. To be called before the index is asked. */
export function indexWaiting(db: Database): void {
  if (db.get('SELECT cell_id FROM word_queue LIMIT 1') === null) return
  try {
    db.transaction(() => indexQueue(db))
  } catch (error) {
    if (!(error instanceof LabError) || !passing.includes(error.code)) throw error
  }
}

interface WaitingRow {
  readonly cell_id: number
  readonly raw: Uint8Array
  readonly thinking_start: number
  readonly thinking_end: number
  readonly answer_start: number
  readonly answer_end: number
}

function indexQueue(db: Database): void {
  const rows = db.all<WaitingRow>(
    `SELECT cell_id, raw, thinking_start, thinking_end, answer_start, answer_end
     FROM word_queue JOIN generation USING (cell_id) ORDER BY cell_id`,
  )
  for (const row of rows) {
    const raw = readBlobText(db, row.raw)
    db.run(
      'INSERT INTO trace_index (rowid, thinking, answer) VALUES (?, ?, ?)',
      row.cell_id,
      wordText(raw.slice(row.thinking_start, row.thinking_end)),
      wordText(raw.slice(row.answer_start, row.answer_end)),
    )
  }
  db.run('DELETE FROM word_queue')
}
