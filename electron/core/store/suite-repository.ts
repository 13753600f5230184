import { countPrompts } from '#shared/domain/count-prompts.ts'
import { LabError } from '#shared/domain/error.ts'
import type { SuiteHash } from '#shared/domain/ids.ts'
import type { HashedPrompt, HashedSuite, SuiteSummary } from '#shared/domain/suite.ts'
import type { Database } from './database.ts'
import { readJson } from './json-column.ts'
import { packText } from './packed-text.ts'
import { readBlobText } from './read-blob.ts'
import type { SuiteRepository, SuiteText } from './store.ts'

export function suiteRepository(db: Database): SuiteRepository {
  const setHidden = (hash: SuiteHash, hidden: 0 | 1) => {
    const { changes } = db.run('UPDATE suite SET hidden = ? WHERE hash = ?', hidden, hash)
    if (changes === 0) throw noSuite(hash)
  }
  return {
    put: (suite, source, savedAtMs) => db.transaction(() => putSuite(db, suite, { source, savedAtMs })),
    get: (hash) => readSuite(db, db.get<SuiteRow>('SELECT id, hash, document FROM suite WHERE hash = ?', hash)),
    byName(name) {
      const sql = `SELECT id, hash, document FROM suite WHERE name = ? AND hidden = 0
                   ORDER BY saved_at_ms DESC, id DESC LIMIT 1`
      return readSuite(db, db.get<SuiteRow>(sql, name))
    },
    list: () =>
      db.all<SummaryRow>(`${summarySql} WHERE hidden = 0 ORDER BY name, saved_at_ms DESC, id DESC`).map(summary),
    summary(hash) {
      const row = db.get<SummaryRow>(`${summarySql} WHERE hash = ?`, hash)
      return row === null ? null : { summary: summary(row), hidden: row.hidden === 1 }
    },
    delete: (hash) => setHidden(hash, 1),
    restore: (hash) => setHidden(hash, 0),
    putSource(hash, { text, format }) {
      const sql = 'UPDATE suite SET written_text = ?, written_format = ? WHERE hash = ?'
      if (db.run(sql, packText(text), format, hash).changes === 0) throw noSuite(hash)
    },
    source(hash) {
      const sql = 'SELECT written_text AS body, written_format AS format FROM suite WHERE hash = ?'
      const row = db.get<{ body: Uint8Array | null; format: SuiteText['format'] | null }>(sql, hash)
      if (row === null || row.body === null || row.format === null) return null
      return { text: readBlobText(db, row.body), format: row.format }
    },
  }
}

interface SuiteRow {
  readonly id: number
  readonly hash: SuiteHash
  readonly document: string
}

/** What is kept of a suite besides its prompts. */
type SuiteDocument = Omit<HashedSuite, 'prompts' | 'hash'>

interface SummaryRow {
  readonly hash: SuiteHash
  readonly document: string
  readonly n: number
  readonly graded: number
  readonly languages: string
  readonly distances: string
  readonly is_probe_pack: number
  readonly source: SuiteSummary['source']
  readonly saved_at_ms: number
  readonly hidden: 0 | 1
}

const summarySql =
  'SELECT hash, document, n, graded, languages, distances, is_probe_pack, source, saved_at_ms, hidden FROM suite'

const noSuite = (hash: SuiteHash) => new LabError('NOT_FOUND', `The store has no suite ${hash}.`)

/**
 * The same content again is the same suite: it is shown again, and newest of its name. Not so for a bundled one, which
 * comes with every start: hidden once, it stays hidden.
 */
function putSuite(
  db: Database,
  suite: HashedSuite,
  { source, savedAtMs }: Pick<SuiteSummary, 'source' | 'savedAtMs'>,
): void {
  const savedMs = source === 'bundled' ? 0 : savedAtMs
  if (db.get('SELECT id FROM suite WHERE hash = ?', suite.hash) !== null) {
    const show = 'UPDATE suite SET hidden = 0, saved_at_ms = max(saved_at_ms, ?) WHERE hash = ?'
    if (source !== 'bundled') db.run(show, savedMs, suite.hash)
    return
  }
  const { prompts, hash, ...document } = suite
  const counted = countPrompts(prompts)
  const { id } = db.run(
    `INSERT INTO suite (hash, name, document, n, graded, languages, distances, is_probe_pack, source, saved_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    hash,
    suite.name,
    JSON.stringify(document),
    counted.n,
    counted.graded,
    JSON.stringify(counted.languages),
    JSON.stringify(counted.distances),
    counted.isProbePack ? 1 : 0,
    source,
    savedMs,
  )
  const insert = 'INSERT INTO prompt (suite_id, position, prompt_id, content_hash, body) VALUES (?, ?, ?, ?, ?)'
  prompts.forEach((prompt, position) => {
    db.run(insert, id, position, prompt.id, prompt.contentHash, JSON.stringify(prompt))
  })
}

function readSuite(db: Database, row: SuiteRow | null): HashedSuite | null {
  if (row === null) return null
  const rows = db.all<{ body: string }>('SELECT body FROM prompt WHERE suite_id = ? ORDER BY position', row.id)
  const prompts = rows.map(({ body }) => readJson<HashedPrompt>(body))
  return { ...readJson<SuiteDocument>(row.document), hash: row.hash, prompts }
}

function summary(row: SummaryRow): SuiteSummary {
  const { name, version, title, description } = readJson<SuiteDocument>(row.document)
  return {
    hash: row.hash,
    name,
    version,
    title: title ?? name,
    description,
    n: row.n,
    graded: row.graded,
    languages: readJson<string[]>(row.languages),
    distances: readJson<SuiteSummary['distances']>(row.distances),
    isProbePack: row.is_probe_pack === 1,
    source: row.source,
    savedAtMs: row.saved_at_ms,
  }
}
