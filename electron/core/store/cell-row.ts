import type { Arm } from '#shared/domain/engine.ts'
import { cellId, cellKey, runId, type CellId, type Digest, type RunId } from '#shared/domain/ids.ts'
import type { Outcome } from '#shared/domain/label.ts'
import type { Cell } from '#shared/domain/run.ts'
import type { EndReason, ThinkState } from '#shared/domain/trace.ts'
import type { Database } from './database.ts'
import { noRun } from './no-run.ts'

/** A cell with what names it: its prompt, its suite and the digest of its variant. */
const cellSql = `
  SELECT cell.id, cell.run_id, variant_index, prompt_index, arm, sample, state, think_state, correct, outcome,
         needs_review, tokens, thinking_tokens, first_token_ms, generate_ms, end_reason, error_code,
         prompt.prompt_id, prompt.content_hash, suite.name AS suite, run_variant.digest, run_variant.role
  FROM cell
  JOIN run_prompt ON run_prompt.run_id = cell.run_id AND run_prompt.position = cell.prompt_index
  JOIN prompt ON prompt.id = run_prompt.prompt_id
  JOIN suite ON suite.id = prompt.suite_id
  JOIN run_variant ON run_variant.run_id = cell.run_id AND run_variant.position = cell.variant_index`

interface CellRow {
  readonly id: number
  readonly run_id: number
  readonly variant_index: number
  readonly prompt_index: number
  readonly arm: Arm
  readonly sample: number
  readonly state: 'pending' | 'done' | 'error'
  readonly think_state: ThinkState | null
  readonly correct: number | null
  readonly outcome: Outcome | null
  readonly needs_review: number
  readonly tokens: number | null
  readonly thinking_tokens: number | null
  readonly first_token_ms: number | null
  readonly generate_ms: number | null
  readonly end_reason: EndReason | null
  readonly error_code: string | null
  readonly prompt_id: string
  readonly content_hash: Digest
  readonly suite: string
  readonly digest: Digest
  readonly role: string
}

export function getCell(db: Database, id: CellId): Cell | null {
  const row = db.get<CellRow>(`${cellSql} WHERE cell.id = ?`, id)
  return row === null ? null : readCell(row)
}

/** Cells after this one in schedule order, at most `limit`. */
export function cellsAfter(db: Database, after: number, last: number, limit: number): readonly Cell[] {
  const sql = `${cellSql} WHERE cell.id > ? AND cell.id <= ? ORDER BY cell.id LIMIT ?`
  return db.all<CellRow>(sql, after, last, limit).map(readCell)
}

/** The ids of a run's cells: they lie side by side. */
export interface CellRange {
  readonly first: number
  readonly last: number
}

/** @throws LabError NOT_FOUND */
export function cellRange(db: Database, run: RunId): CellRange {
  const sql = 'SELECT first_cell AS first, last_cell AS last FROM run WHERE id = ?'
  const range = db.get<CellRange>(sql, run)
  if (range === null) throw noRun(run)
  return range
}

function readCell(row: CellRow): Cell {
  return {
    id: cellId(row.id),
    key: cellKey({
      run: runId(row.run_id),
      variantDigest: row.digest,
      repeat: row.role === 'repeat',
      suite: row.suite,
      promptId: row.prompt_id,
      contentHash: row.content_hash,
      arm: row.arm,
      sample: row.sample,
    }),
    run: runId(row.run_id),
    variantIndex: row.variant_index,
    promptIndex: row.prompt_index,
    promptId: row.prompt_id,
    suite: row.suite,
    arm: row.arm,
    sample: row.sample,
    state: row.state,
    thinkState: row.think_state,
    correct: row.correct === null ? null : row.correct === 1,
    outcome: row.outcome,
    needsReview: row.needs_review === 1,
    tokens: row.tokens,
    thinkingTokens: row.thinking_tokens,
    tokensPerSecond: tokensPerSecond(row.tokens, row.generate_ms),
    firstTokenMs: row.first_token_ms,
    endReason: row.end_reason,
    errorCode: row.error_code,
  }
}

function tokensPerSecond(tokens: number | null, generateMs: number | null): number | null {
  return tokens === null || generateMs === null || generateMs <= 0 ? null : (1000 * tokens) / generateMs
}
