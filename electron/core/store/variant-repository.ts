import type { Digest, VariantId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { Database } from './database.ts'
import { readJson } from './json-column.ts'
import type { VariantRepository } from './variant-port.ts'

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
  }
}
