import type { Database } from './database.ts'
import type { CellPace, CellsAsked } from './run-parts.ts'

/** The latest cells say best how long the next ones take. */
const cellsForEstimate = 500
/** Variants of runs whose cells are looked at. */
const passesForEstimate = 20

/** A mean, not a median: what many cells take in all is foretold, and the few long ones take most of it. */
export function cellPace(db: Database, { digest, suite, besides }: CellsAsked): CellPace | null {
  const ofSuite =
    suite === undefined
      ? ''
      : `JOIN run_prompt ON run_prompt.run_id = cell.run_id AND run_prompt.position = prompt_index
    JOIN prompt ON prompt.id = run_prompt.prompt_id JOIN suite ON suite.id = prompt.suite_id AND suite.hash = ?2`
  const asks = `EXISTS (SELECT 1 FROM json_each(run.plan, '$.suites') WHERE value ->> 'hash' = ?2)`
  const row = db.get<{ ms: number | null; tokens: number | null }>(
    `SELECT avg(total_ms) AS ms, avg(tokens) AS tokens FROM (
       SELECT total_ms, tokens FROM (
         SELECT run_id, position FROM run_variant JOIN run ON run.id = run_id
         WHERE (?1 IS NULL OR digest = ?1) AND (?3 IS NULL OR run_id <> ?3) AND (?2 IS NULL OR ${asks})
         ORDER BY run_id DESC LIMIT ${passesForEstimate}
       ) AS used
       JOIN cell ON cell.run_id = used.run_id AND variant_index = used.position ${ofSuite}
       WHERE state = 'done' AND total_ms IS NOT NULL
       ORDER BY cell.id DESC LIMIT ${cellsForEstimate}
     )`,
    digest ?? null,
    suite ?? null,
    besides ?? null,
  )
  return row === null || row.ms === null ? null : { seconds: row.ms / 1000, tokens: row.tokens }
}
