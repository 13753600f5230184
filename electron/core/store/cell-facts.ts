import type { Arm } from '#shared/domain/engine.ts'
import type { RunId } from '#shared/domain/ids.ts'
import type { Outcome } from '#shared/domain/label.ts'
import type { ThinkState } from '#shared/domain/trace.ts'
import { cellRange } from './cell-row.ts'
import type { Database } from './database.ts'
import type { CellFact } from './store.ts'

interface FactRow {
  readonly variant_index: number
  readonly prompt_index: number
  readonly arm: Arm
  readonly sample: number
  readonly state: 'pending' | 'done' | 'error'
  readonly correct: number | null
  readonly graded: number
  readonly outcome: Outcome | null
  readonly think_state: ThinkState | null
  readonly prompt_tokens: number | null
  readonly tokens: number | null
  readonly thinking_tokens: number | null
  readonly generate_ms: number | null
  readonly first_token_ms: number | null
  readonly raw_hash: string | null
}

/** In schedule order. */
export function cellFacts(db: Database, run: RunId): readonly CellFact[] {
  const { first, last } = cellRange(db, run)
  const rows = db.all<FactRow>(
    `SELECT variant_index, prompt_index, arm, sample, state, correct, graded, outcome, think_state, prompt_tokens,
            tokens, thinking_tokens, generate_ms, first_token_ms, raw_hash
     FROM cell WHERE id BETWEEN ? AND ? ORDER BY id`,
    first,
    last,
  )
  return rows.map((row) => ({
    variantIndex: row.variant_index,
    promptIndex: row.prompt_index,
    arm: row.arm,
    sample: row.sample,
    state: row.state,
    correct: row.correct === null ? null : row.correct === 1,
    graded: row.graded === 1,
    outcome: row.outcome,
    thinkState: row.think_state,
    promptTokens: row.prompt_tokens,
    tokens: row.tokens,
    thinkingTokens: row.thinking_tokens,
    generateMs: row.generate_ms,
    firstTokenMs: row.first_token_ms,
    rawHash: row.raw_hash,
  }))
}
