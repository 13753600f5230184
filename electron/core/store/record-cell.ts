import { isDeepStrictEqual } from 'node:util'
import { LabError } from '#shared/domain/error.ts'
import type { CellId } from '#shared/domain/ids.ts'
import type { Judgement } from '#shared/domain/label.ts'
import type { Grade } from '#shared/domain/run.ts'
import type { Fingerprint, Split } from '#shared/domain/trace.ts'
import type { Database } from './database.ts'
import { textHash } from './hash.ts'
import { canonicalJson, readJsonOrNull, writeJsonOrNull } from './json-column.ts'
import { appendLabel } from './label-repository.ts'
import { packText } from './packed-text.ts'
import { putRendered } from './renders.ts'
import type { CellRecord } from './store.ts'
import { encodeTokens } from './token-blob.ts'
import { queueWords } from './word-index.ts'

/** Runs inside the caller's transaction. What an earlier attempt left behind is replaced; its label lines stay in the log. */
export function recordCell(db: Database, record: CellRecord, nowMs: number): void {
  if (record.state === 'pending' && hasRun(db, record.cell)) return
  // The trigger takes its words out of the index; its tokens go by cascade.
  db.run('DELETE FROM generation WHERE cell_id = ?', record.cell)
  updateCell(db, record)
  if (record.state === 'pending') db.run(`UPDATE cell SET ${noFigures} WHERE id = ?`, record.cell)
  insertGeneration(db, record)
  if (record.tokens !== null) {
    db.run('INSERT INTO token_list (cell_id, body) VALUES (?, ?)', record.cell, encodeTokens(record.tokens))
  }
  queueWords(db, record.cell)
  if (record.judgement !== null) appendRulesLabel(db, record.cell, record.judgement, nowMs)
}

/** What lists and statistics read of a generation, taken back. */
export const noFigures = `think_state = NULL, error_code = NULL, graded = 0, correct = NULL, prompt_tokens = NULL,
  tokens = NULL, thinking_tokens = NULL, first_token_ms = NULL, generate_ms = NULL, total_ms = NULL, raw_hash = NULL`

const hasRun = (db: Database, cell: CellId): boolean =>
  db.get(`SELECT 1 AS found FROM cell WHERE id = ? AND state <> 'pending'`, cell) !== null

/** No label counts yet: those that are in the log belong to an earlier text. */
function updateCell(db: Database, record: CellRecord): void {
  const { changes } = db.run(
    `UPDATE cell SET state = ?, think_state = ?, end_reason = ?, error_code = ?, graded = ?, correct = ?,
       prompt_tokens = ?, tokens = ?, thinking_tokens = ?, first_token_ms = ?, generate_ms = ?, total_ms = ?, raw_hash = ?,
       outcome = NULL, needs_review = 0, labels_after = coalesce((SELECT max(id) FROM label_record WHERE cell_id = cell.id), 0)
     WHERE id = ?`,
    record.state,
    record.split.thinkState,
    record.endReason,
    record.error?.code ?? null,
    ...gradeColumns(record.grade),
    record.promptTokens,
    record.outputTokens,
    record.thinkingTokens,
    record.timings.firstTokenMs,
    record.timings.generateMs,
    record.timings.totalMs,
    textHash(record.raw).slice(0, 32),
    record.cell,
  )
  if (changes === 0) throw new LabError('NOT_FOUND', `There is no cell ${record.cell}.`)
}

function insertGeneration(db: Database, record: CellRecord): void {
  const { split, timings } = record
  db.run(
    `INSERT INTO generation (cell_id, fingerprint_id, rendered_id, think_state, thinking_start, thinking_end,
       answer_start, answer_end, split_version, end_reason, prompt_tokens, output_tokens, first_token_ms, prompt_ms,
       generate_ms, total_ms, seed, attempts, logprobs_missing, started_at_ms, grade, error, raw)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    record.cell,
    putFingerprint(db, record.fingerprint),
    record.renderedPrompt === null ? null : putRendered(db, record.renderedPrompt),
    split.thinkState,
    split.thinking.start,
    split.thinking.end,
    split.answer.start,
    split.answer.end,
    split.version,
    record.endReason,
    record.promptTokens,
    record.outputTokens,
    timings.firstTokenMs,
    timings.promptMs,
    timings.generateMs,
    timings.totalMs,
    record.seed,
    record.attempts,
    record.logprobsMissing,
    record.startedAtMs,
    writeJsonOrNull(record.grade),
    writeJsonOrNull(record.error),
    packText(record.raw),
  )
}

function putFingerprint(db: Database, fingerprint: Fingerprint): number {
  const body = canonicalJson(fingerprint)
  const hash = textHash(body)
  const known = db.get<{ id: number }>('SELECT id FROM fingerprint WHERE hash = ?', hash)
  return known?.id ?? db.run('INSERT INTO fingerprint (hash, body) VALUES (?, ?)', hash, body).id
}

function gradeColumns(grade: Grade | null): readonly [graded: number, correct: number | null] {
  return [grade === null ? 0 : 1, grade?.kind === 'graded' ? Number(grade.correct) : null]
}

function appendRulesLabel(db: Database, cell: CellId, judgement: Judgement, atMs: number): void {
  const { outcome, rulesVersion: by } = judgement
  appendLabel(db, { cell, outcome, source: 'rules', by, reason: null, judgement, atMs })
}

/** Runs inside the caller's transaction. */
export function setGrade(db: Database, cell: CellId, grade: Grade | null): void {
  if (db.run('UPDATE generation SET grade = ? WHERE cell_id = ?', writeJsonOrNull(grade), cell).changes === 0) {
    throw new LabError('NOT_FOUND', `Cell ${cell} has no generation to grade.`)
  }
  db.run('UPDATE cell SET graded = ?, correct = ? WHERE id = ?', ...gradeColumns(grade), cell)
}

/** Runs inside the caller's transaction. Writes only what comes out otherwise than before. */
export function setDerived(
  db: Database,
  cell: CellId,
  derived: {
    readonly split: Split
    readonly grade: Grade | null
    readonly judgement: Judgement | null
    readonly nowMs: number
  },
): void {
  setGrade(db, cell, derived.grade)
  setSplit(db, cell, derived.split)
  const { judgement } = derived
  if (judgement !== null && !isDeepStrictEqual(judgement, lastRulesJudgement(db, cell))) {
    appendRulesLabel(db, cell, judgement, derived.nowMs)
  }
}

function setSplit(db: Database, cell: CellId, split: Split): void {
  const bounds = [split.thinking.start, split.thinking.end, split.answer.start, split.answer.end]
  const moved = db.run(
    `UPDATE generation SET thinking_start = ?, thinking_end = ?, answer_start = ?, answer_end = ? WHERE cell_id = ?
     AND (thinking_start, thinking_end, answer_start, answer_end) IS NOT (?, ?, ?, ?)`,
    ...bounds,
    cell,
    ...bounds,
  ).changes
  const sql = 'UPDATE generation SET think_state = ?, split_version = ? WHERE cell_id = ?'
  db.run(sql, split.thinkState, split.version, cell)
  db.run('UPDATE cell SET think_state = ? WHERE id = ?', split.thinkState, cell)
  if (moved === 0) return
  db.run('DELETE FROM trace_index WHERE rowid = ?', cell)
  queueWords(db, cell)
}

function lastRulesJudgement(db: Database, cell: CellId): Judgement | null {
  const row = db.get<{ judgement: string | null }>(
    `SELECT judgement FROM label_record JOIN cell ON cell.id = cell_id
     WHERE cell_id = ? AND source = 'rules' AND label_record.id > cell.labels_after ORDER BY label_record.id DESC LIMIT 1`,
    cell,
  )
  return readJsonOrNull<Judgement>(row?.judgement ?? null)
}
