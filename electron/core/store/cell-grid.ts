import { gridCode } from '#shared/domain/grid.ts'
import type { RunId } from '#shared/domain/ids.ts'
import { outcomes } from '#shared/domain/words.ts'
import { cellRange } from './cell-row.ts'
import type { Database } from './database.ts'

const states = ['pending', 'done', 'error'] as const
/** Above the characters that mean something to SQLite or to UTF-8. */
const firstChar = 0x100

/** What a code is made of, as one number: its digits are the state, the correctness, the end and the review. */
const numberSql = `
  CASE state ${states.map((state, index) => `WHEN '${state}' THEN ${index}`).join(' ')} END
  + 3 * coalesce(correct + 1, 0) + 9 * (end_reason IS 'length') + 18 * needs_review
  + 36 * CASE outcome ${outcomes.map((outcome, index) => `WHEN '${outcome}' THEN ${index + 1}`).join(' ')} ELSE 0 END`

/** The code behind each such number. */
const codes = Uint8Array.from({ length: 36 * (outcomes.length + 1) }, (_, number) => {
  const correct = Math.floor(number / 3) % 3
  return gridCode({
    state: states[number % 3] ?? 'pending',
    correct: correct === 0 ? null : correct === 2,
    endReason: Math.floor(number / 9) % 2 === 1 ? 'length' : null,
    needsReview: Math.floor(number / 18) % 2 === 1,
    outcome: outcomes[Math.floor(number / 36) - 1] ?? null,
  })
})

/**
 * One byte a cell in schedule order; see `gridCode`. SQLite packs the columns of all cells into one text: a hundred
 * thousand rows would take four times as long.
 */
export function gridCodes(db: Database, run: RunId): Uint8Array {
  const { first, last } = cellRange(db, run)
  const sql = `SELECT group_concat(char(${firstChar} + ${numberSql}), '') AS text
               FROM (SELECT * FROM cell WHERE id BETWEEN ? AND ? ORDER BY id)`
  const text = db.get<{ text: string | null }>(sql, first, last)?.text ?? ''
  const grid = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) grid[at] = codes[text.charCodeAt(at) - firstChar] ?? 0
  return grid
}
