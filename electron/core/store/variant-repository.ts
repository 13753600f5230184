import type { Digest, VariantId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { Database } from './database.ts'
import { readJson } from './json-column.ts'
import type { CellPace, CellsAsked, VariantRepository } from './variant-port.ts'

/** The latest cells of a variant say best how long the next ones take. */
const cellsForEstimate = 500
const runsForEstimate = 20

interface MadeRow {
  readonly from_digest: Digest
  readonly source: VariantId
  readonly family: string
  readonly same_tensors: number
}

export function variantRepository(db: Database): VariantRepository {
  return {
    put(variant) {
      const body = JSON.stringify(variant)
      db.run('INSERT OR REPLACE INTO variant (digest, body) VALUES (?, ?)', variant.digest, body)
    },
    get(digest) {
      const row = db.get<{ body: string }>('SELECT body FROM variant WHERE digest = ?', digest)
      return row === null ? null : readJson<Variant>(row.body)
    },
    knownFile(path, sizeBytes, modifiedMs) {
      const sql = 'SELECT digest FROM file_digest WHERE path = ? AND size_bytes = ? AND modified_ms = ?'
      return db.get<{ digest: Digest }>(sql, path, sizeBytes, modifiedMs)?.digest ?? null
    },
    rememberFile(path, sizeBytes, modifiedMs, digest) {
      const sql = 'INSERT OR REPLACE INTO file_digest (path, size_bytes, modified_ms, digest) VALUES (?, ?, ?, ?)'
      db.run(sql, path, sizeBytes, modifiedMs, digest)
    },
    madeFrom(weights) {
      const sql = 'SELECT from_digest, source, family, same_tensors FROM made_variant WHERE weights_digest = ?'
      const row = db.get<MadeRow>(sql, weights)
      if (row === null) return null
      return { from: row.from_digest, source: row.source, family: row.family, sameTensors: row.same_tensors === 1 }
    },
    rememberMade(weights, { from, source, family, sameTensors }) {
      const columns = '(weights_digest, from_digest, source, family, same_tensors)'
      const sql = `INSERT OR REPLACE INTO made_variant ${columns} VALUES (?, ?, ?, ?, ?)`
      db.run(sql, weights, from, source, family, sameTensors ? 1 : 0)
    },
    cellPace: (of) => cellPace(db, of),
  }
}

/** A mean, not a median: what many cells take in all is foretold, and the few long ones take most of it. */
function cellPace(db: Database, { digest, suite, besides }: CellsAsked): CellPace | null {
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
         ORDER BY run_id DESC LIMIT ${runsForEstimate}
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
