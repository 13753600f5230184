import type { Arm } from '#shared/domain/engine.ts'
import type { RunId } from '#shared/domain/ids.ts'
import type { Outcome } from '#shared/domain/label.ts'
import type { ThinkState } from '#shared/domain/trace.ts'
import { cellRange } from './cell-row.ts'
import type { Database } from './database.ts'
import type { CellFact } from './store.ts'

type FactRow = readonly [
  variantIndex: number,
  promptIndex: number,
  arm: Arm,
  sample: number,
  state: 'pending' | 'done' | 'error',
  correct: number | null,
  graded: number,
  outcome: Outcome | null,
  thinkState: ThinkState | null,
  promptTokens: number | null,
  tokens: number | null,
  thinkingTokens: number | null,
  generateMs: number | null,
  firstTokenMs: number | null,
  rawHash: string | null,
]

/** In schedule order. */
export function cellFacts(db: Database, run: RunId): readonly CellFact[] {
  const { first, last } = cellRange(db, run)
  const share = sharedStrings()
  return db.map<FactRow, CellFact>(
    `SELECT variant_index, prompt_index, arm, sample, state, correct, graded, outcome, think_state, prompt_tokens,
            tokens, thinking_tokens, generate_ms, first_token_ms, raw_hash
     FROM cell WHERE id BETWEEN ? AND ? ORDER BY id`,
    [first, last],
    (row) => ({
      variantIndex: row[0],
      promptIndex: row[1],
      arm: share(row[2]),
      sample: row[3],
      state: share(row[4]),
      correct: row[5] === null ? null : row[5] === 1,
      graded: row[6] === 1,
      outcome: share(row[7]),
      thinkState: share(row[8]),
      promptTokens: row[9],
      tokens: row[10],
      thinkingTokens: row[11],
      generateMs: row[12],
      firstTokenMs: row[13],
      rawHash: row[14],
    }),
  )
}

/** One string for all equal ones: a hundred thousand rows say the same few words. */
function sharedStrings(): <T extends string | null>(text: T) => T {
  const known = new Map<string | null, string | null>()
  return <T extends string | null>(text: T): T => {
    // The map gives back what it was given: a string equal to `text`, so of its type.
    const found = known.get(text) as T | undefined
    if (found === undefined) known.set(text, text)
    return found ?? text
  }
}
