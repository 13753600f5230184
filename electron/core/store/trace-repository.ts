import type { ErrorInfo } from '#shared/domain/error.ts'
import { cellId, digest, type CellId, type RunId } from '#shared/domain/ids.ts'
import type { Grade, Trace } from '#shared/domain/run.ts'
import type { HashedPrompt } from '#shared/domain/suite.ts'
import type { EndReason, Fingerprint, Split, ThinkState } from '#shared/domain/trace.ts'
import { cellRange, getCell } from './cell-row.ts'
import type { Database } from './database.ts'
import { readJson, readJsonOrNull } from './json-column.ts'
import { readBlobText, readBlobTokens } from './read-blob.ts'
import type { HitCount, TraceHit, TraceRepository } from './trace-port.ts'
import { cutSnippet, findMarks, matchExpression, parseQuery, type Term } from './text-query.ts'
import { indexWaiting } from './word-index.ts'

type Part = TraceHit['part']

export function traceRepository(db: Database): TraceRepository {
  return {
    get: (cell) => readTrace(db, cell),
    tokens(cell) {
      const row = db.get<{ body: Uint8Array }>('SELECT body FROM token_list WHERE cell_id = ?', cell)
      return row === null ? null : readBlobTokens(db, row.body)
    },
    search(run, query, { part, offset, limit }) {
      const terms = parseQuery(query)
      if (terms.length === 0) return { total: 0, rows: [] }
      indexWaiting(db)
      const parts: readonly Part[] = part === undefined ? ['thinking', 'answer'] : [part]
      const found = findHits(db, run, { terms, parts, offset, limit })
      return {
        total: found.total,
        rows: found.hits.map(({ id, part: where }) => readHit(db, cellId(id), where, terms)),
      }
    },
    hitCounts(run, query) {
      const terms = parseQuery(query)
      if (terms.length === 0) return []
      indexWaiting(db)
      return countHits(db, run, terms)
    },
    marks(cell, query) {
      const terms = parseQuery(query)
      const trace = terms.length === 0 ? null : readSplit(db, cell)
      if (trace === null) return { thinking: [], answer: [] }
      const raw = readBlobText(db, trace.raw)
      const { thinking, answer } = bounds(trace)
      return {
        thinking: findMarks(raw.slice(thinking.start, thinking.end), terms),
        answer: findMarks(raw.slice(answer.start, answer.end), terms),
      }
    },
  }
}

interface GenerationRow extends SplitRow {
  readonly cell_id: number
  readonly think_state: ThinkState
  readonly split_version: string
  readonly end_reason: EndReason
  readonly prompt_tokens: number | null
  readonly output_tokens: number | null
  readonly first_token_ms: number | null
  readonly prompt_ms: number | null
  readonly generate_ms: number | null
  readonly total_ms: number
  readonly seed: number
  readonly attempts: number
  readonly logprobs_missing: number | null
  readonly started_at_ms: number
  readonly grade: string | null
  readonly error: string | null
  readonly fingerprint: string
  readonly prompt: string
  readonly rendered: Uint8Array | null
  readonly rendered_hash: string | null
}

interface SplitRow {
  readonly raw: Uint8Array
  readonly thinking_start: number
  readonly thinking_end: number
  readonly answer_start: number
  readonly answer_end: number
}

const generationSql = `
  SELECT generation.*, fingerprint.body AS fingerprint, prompt.body AS prompt,
         rendered.body AS rendered, rendered.hash AS rendered_hash
  FROM generation
  JOIN cell ON cell.id = generation.cell_id
  JOIN run_prompt ON run_prompt.run_id = cell.run_id AND run_prompt.position = cell.prompt_index
  JOIN prompt ON prompt.id = run_prompt.prompt_id
  JOIN fingerprint ON fingerprint.id = generation.fingerprint_id
  LEFT JOIN rendered ON rendered.id = generation.rendered_id
  WHERE generation.cell_id = ?`

function readTrace(db: Database, id: CellId): Trace | null {
  const row = db.get<GenerationRow>(generationSql, id)
  const cell = row === null ? null : getCell(db, id)
  if (row === null || cell === null) return null
  return {
    cell,
    prompt: readJson<HashedPrompt>(row.prompt).text,
    renderedPrompt: row.rendered === null ? null : readBlobText(db, row.rendered),
    renderedHash: row.rendered_hash === null ? null : digest(row.rendered_hash),
    raw: readBlobText(db, row.raw),
    split: { thinkState: row.think_state, ...bounds(row), version: row.split_version },
    endReason: row.end_reason,
    promptTokens: row.prompt_tokens,
    outputTokens: row.output_tokens,
    timings: {
      firstTokenMs: row.first_token_ms,
      promptMs: row.prompt_ms,
      generateMs: row.generate_ms,
      totalMs: row.total_ms,
    },
    seed: row.seed,
    fingerprint: readJson<Fingerprint>(row.fingerprint),
    grade: readJsonOrNull<Grade>(row.grade),
    error: readJsonOrNull<ErrorInfo>(row.error),
    attempts: row.attempts,
    logprobsMissing: row.logprobs_missing,
    startedAtMs: row.started_at_ms,
  }
}

const bounds = (row: SplitRow): Pick<Split, 'thinking' | 'answer'> => ({
  thinking: { start: row.thinking_start, end: row.thinking_end },
  answer: { start: row.answer_start, end: row.answer_end },
})

interface HitQuery {
  readonly terms: readonly Term[]
  readonly parts: readonly Part[]
  readonly offset: number
  readonly limit: number
}

interface HitRow {
  readonly id: number
  readonly part: Part
}

/** A hit is a part of a trace that holds all the terms. In schedule order, the thinking before its answer. */
function findHits(db: Database, run: RunId, { terms, parts, offset, limit }: HitQuery) {
  const { first, last } = cellRange(db, run)
  const matching = 'FROM trace_index WHERE trace_index MATCH ? AND rowid BETWEEN ? AND ?'
  const values = parts.map((part) => [matchExpression(terms, part), first, last] as const)
  const total = values
    .map((value) => db.get<{ n: number }>(`SELECT count(*) AS n ${matching}`, ...value)?.n ?? 0)
    .reduce((sum, n) => sum + n, 0)
  const union = parts.map((part) => `SELECT rowid AS id, '${part}' AS part ${matching}`).join(' UNION ALL ')
  const sql = `${union} ORDER BY id, part DESC LIMIT ? OFFSET ?`
  return { total, hits: db.all<HitRow>(sql, ...values.flat(), limit, offset) }
}

function readHit(db: Database, id: CellId, part: Part, terms: readonly Term[]): TraceHit {
  const cell = getCell(db, id)
  const row = readSplit(db, id)
  if (cell === null || row === null) throw new Error(`cell ${id} is in the index and not in the store`)
  const { start, end } = bounds(row)[part]
  const text = readBlobText(db, row.raw).slice(start, end)
  const marks = findMarks(text, terms)
  return { cell, part, ...cutSnippet(text, marks), count: marks.length }
}

const readSplit = (db: Database, id: CellId): SplitRow | null =>
  db.get<SplitRow>(
    'SELECT raw, thinking_start, thinking_end, answer_start, answer_end FROM generation WHERE cell_id = ?',
    id,
  )

function countHits(db: Database, run: RunId, terms: readonly Term[]): readonly HitCount[] {
  const { first, last } = cellRange(db, run)
  const sql = `SELECT cell.variant_index AS variantIndex, count(*) AS n FROM trace_index
    JOIN cell ON cell.id = trace_index.rowid
    WHERE trace_index MATCH ? AND trace_index.rowid BETWEEN ? AND ? GROUP BY cell.variant_index`
  const counts = new Map<number, Record<Part, number>>()
  for (const part of ['thinking', 'answer'] as const) {
    for (const { variantIndex, n } of db.all<{ variantIndex: number; n: number }>(
      sql,
      matchExpression(terms, part),
      first,
      last,
    )) {
      counts.set(variantIndex, { ...(counts.get(variantIndex) ?? { thinking: 0, answer: 0 }), [part]: n })
    }
  }
  return [...counts]
    .map(([variantIndex, found]) => ({ variantIndex, ...found }))
    .sort((a, b) => a.variantIndex - b.variantIndex)
}
