import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LabError } from '#shared/domain/error.ts'
import { cellId } from '#shared/domain/ids.ts'
import { backupPath, type Migration } from '#core/store/migrate.ts'
import { migrations } from '#core/store/migrations/migrations.ts'
import { openDatabase } from '#core/store/open-database.ts'
import { openStore, storeOn } from '#core/store/open-store.ts'
import { addRun, cellIds, failedRecord, makeRecord, tempFolder } from './store-fixtures.ts'

let temp: ReturnType<typeof tempFolder>
beforeEach(() => {
  temp = tempFolder()
})
afterEach(() => {
  chmodSync(temp.folder, 0o700)
  temp.remove()
})

const open = () => openStore({ path: temp.storePath, busyTimeoutMs: 50 })

/** Root writes where it likes: the call is made as nobody. */
function asOrdinaryUser<T>(action: () => T): T {
  if (process.geteuid?.() !== 0) return action()
  process.seteuid?.(65_534)
  try {
    return action()
  } finally {
    process.seteuid?.(0)
  }
}

/** The code of the expected failure, which has to say what to do next. */
function codeOf(action: () => unknown): string {
  try {
    action()
    return 'no error'
  } catch (error) {
    if (!(error instanceof LabError)) throw error
    return error.hint === null ? `${error.code} without a hint` : error.code
  }
}

function addFinishedRun(): { readonly texts: readonly string[] } {
  const store = open()
  const run = addRun(store, { prompts: 5 })
  for (const id of cellIds(store, run)) store.cells.record(makeRecord(id, { thinking: `thought ${id}` }))
  store.close()
  return { texts: [1, 2, 3, 4, 5].map((id) => `thought ${id}</think>Four.`) }
}

describe('opening a store', () => {
  it('makes a fresh one without a backup, in write-ahead mode, with foreign keys', () => {
    const store = open()
    expect(store.schemaVersion).toBe(migrations.length)
    expect(store.check()).toEqual([])
    store.close()
    expect(readdirSync(temp.folder)).toEqual(['assay.sqlite'])
    const db = openDatabase({ path: temp.storePath })
    expect(db.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' })
    expect(db.pragma('foreign_keys')).toBe(1)
    const loose = db.all(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    expect(loose).toEqual([])
    db.close()
  })

  it('finds everything again', () => {
    const { texts } = addFinishedRun()
    const store = open()
    const [run] = store.runs.list()
    const cells = [...store.cells.each(run!.id)]
    expect(cells.map(({ id }) => store.traces.get(id)?.raw)).toEqual(texts)
    store.close()
  })

  it('refuses a store of a newer Assay and leaves it as it is', () => {
    addFinishedRun()
    const db = new DatabaseSync(temp.storePath)
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 99')
    db.close()
    const before = readFileSync(temp.storePath)
    expect(codeOf(open)).toBe('STORE_NEWER')
    expect(readFileSync(temp.storePath).equals(before)).toBe(true)
  })

  it.each<[string, (path: string) => void]>([
    ['a text file', (path) => writeFileSync(path, 'not a database at all, but long enough to be one '.repeat(100))],
    ['a file that was cut', (path) => (addFinishedRun(), truncateSync(path, 5000))],
    ['a file with its header overwritten', (path) => (addFinishedRun(), overwrite(path, 0, 64))],
    ['the database of another program', (path) => otherProgram(path)],
  ])('calls %s corrupt', (_name, damage) => {
    damage(temp.storePath)
    expect(codeOf(open)).toBe('STORE_CORRUPT')
  })

  it('reports damage among its pages, by check and when a damaged text is read', () => {
    addFinishedRun()
    const db = new DatabaseSync(temp.storePath)
    db.exec("UPDATE generation SET raw = x'02ffffff' WHERE cell_id = 2")
    const page = Number(
      db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'cell_by_state'").get()?.['rootpage'],
    )
    db.close()
    overwrite(temp.storePath, (page - 1) * 4096, page * 4096)
    const store = open()
    expect(store.check()).not.toEqual([])
    expect(codeOf(() => store.runs.list())).toBe('STORE_CORRUPT')
    expect(codeOf(() => store.traces.get(cellId(2)))).toBe('STORE_CORRUPT')
    expect(store.traces.get(cellId(3))?.raw).toBe('thought 3</think>Four.')
    store.close()
  })

  it('says that another process holds the lock', () => {
    open().close()
    const other = new DatabaseSync(temp.storePath)
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    expect(codeOf(open)).toBe('STORE_LOCKED')
    other.close()
    const store = open()
    const writer = new DatabaseSync(temp.storePath)
    writer.exec('BEGIN IMMEDIATE')
    expect(codeOf(() => store.settings.set('theme', 'dark'))).toBe('STORE_LOCKED')
    writer.exec('ROLLBACK')
    writer.close()
    store.settings.set('theme', 'dark')
    expect(store.settings.get('theme')).toBe('dark')
    store.close()
  })

  it.skipIf(process.platform === 'win32')(
    'says that a folder cannot be written, with and without a store in it',
    () => {
      chmodSync(temp.folder, 0o555)
      expect(asOrdinaryUser(() => codeOf(open))).toBe('READ_ONLY')
      chmodSync(temp.folder, 0o755)
      addFinishedRun()
      chmodSync(temp.storePath, 0o444)
      chmodSync(temp.folder, 0o555)
      expect(asOrdinaryUser(() => codeOf(open))).toBe('READ_ONLY')
    },
  )

  it('says that the folder is not there', () => {
    expect(codeOf(() => openStore({ path: join(temp.folder, 'nowhere', 'assay.sqlite') }))).toBe('READ_ONLY')
  })
})

describe('a full disk', () => {
  it('stops the recording cleanly, keeps what was recorded, and goes on when there is room', () => {
    const db = openDatabase({ path: temp.storePath })
    const store = storeOn(db, Date.now)
    const run = addRun(store, { prompts: 400 })
    const ids = cellIds(store, run)
    db.exec(`PRAGMA max_page_count = ${db.pragma('page_count') + 20}`)
    const noise = (id: number) =>
      Array.from({ length: 500 }, (_, index) => ((id * 7919 + index * 104_729) % 99_991).toString(36)).join(' ')
    const record = (id: (typeof ids)[number]) => store.cells.record(makeRecord(id, { thinking: noise(id) }))
    expect(codeOf(() => ids.forEach(record))).toBe('DISK_FULL')
    const { done, pending } = store.cells.counts(run)
    expect(done).toBeGreaterThan(0)
    expect(done + pending).toBe(400)
    expect(store.check()).toEqual([])
    db.exec('PRAGMA max_page_count = 1000000')
    for (const { id } of store.cells.missing(run, { errors: false })) record(id)
    expect(store.cells.counts(run)).toMatchObject({ done: 400, pending: 0 })
    expect(ids.every((id) => store.traces.get(id)?.raw === `${noise(id)}</think>Four.`)).toBe(true)
    expect(store.traces.search(run, 'four', { offset: 0, limit: 1 }).total).toBe(400)
    store.close()
  })
})

describe('a migration', () => {
  const addColumn: Migration = { name: '002-note', sql: "ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT 'none'" }
  const failing: Migration = {
    name: '003-fails',
    sql: 'CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)',
  }

  it('keeps a copy of the earlier store beside it, whole and readable, and loses nothing', () => {
    const { texts } = addFinishedRun()
    const db = openDatabase({ path: temp.storePath }, [...migrations, addColumn])
    expect(db.pragma('user_version')).toBe(migrations.length + 1)
    expect(db.all('SELECT note FROM run')).toEqual([{ note: 'none' }])
    db.close()
    expect(codeOf(open)).toBe('STORE_NEWER')
    const backup = backupPath(temp.storePath, migrations.length)
    expect(readdirSync(join(temp.folder, 'backups'))).toEqual([`assay.v${migrations.length}.sqlite`])
    copyFileSync(backup, temp.storePath)
    const store = open()
    expect(store.check()).toEqual([])
    const [run] = store.runs.list()
    expect([...store.cells.each(run!.id)].map(({ id }) => store.traces.get(id)?.raw)).toEqual(texts)
    expect(store.traces.search(run!.id, 'thought', { offset: 0, limit: 1 }).total).toBe(5)
    store.close()
  })

  it('counts the graded prompts of suites that were stored before it', () => {
    const db = openDatabase({ path: temp.storePath }, migrations.slice(0, 3))
    db.exec(`INSERT INTO suite (id, hash, name, document, n, languages, distances, is_probe_pack, source, saved_at_ms)
             VALUES (1, 'sha256:a', 'mixed', '{"name":"mixed","version":"1","description":""}', 3, '["en"]', '{}', 0, 'user', 1)`)
    for (const [position, body] of ['{"id":"a","grader":{"kind":"number"}}', '{"id":"b"}', '{"id":"c"}'].entries()) {
      const sql = 'INSERT INTO prompt (suite_id, position, prompt_id, content_hash, body) VALUES (1, ?, ?, ?, ?)'
      db.run(sql, position, `p${position}`, 'sha256:c', body)
    }
    db.close()
    const store = open()
    expect(store.suites.list()).toMatchObject([{ name: 'mixed', n: 3, graded: 1 }])
    store.close()
  })

  it('that fails leaves the store at the step before it', () => {
    addFinishedRun()
    expect(() => openDatabase({ path: temp.storePath }, [...migrations, addColumn, failing])).toThrow(/nowhere/)
    const db = openDatabase({ path: temp.storePath }, [...migrations, addColumn])
    expect(db.pragma('user_version')).toBe(migrations.length + 1)
    expect(db.get("SELECT 1 AS found FROM sqlite_schema WHERE name = 'half'")).toBeNull()
    db.close()
  })

  it('does not begin when no copy can be written', () => {
    addFinishedRun()
    writeFileSync(join(temp.folder, 'backups'), 'a file where the folder should be')
    expect(codeOf(() => openDatabase({ path: temp.storePath }, [...migrations, addColumn]))).toBe('READ_ONLY')
    const store = open()
    expect(store.schemaVersion).toBe(migrations.length)
    store.close()
  })
})

describe('compacting', () => {
  it('gives the room of a deleted run back', () => {
    const store = open()
    const run = addRun(store, { prompts: 300 })
    for (const id of cellIds(store, run))
      store.cells.record(failedRecord(id, { raw: String(Math.random()).repeat(500) }))
    const full = store.sizeBytes()
    store.runs.delete(run)
    store.compact()
    expect(store.sizeBytes()).toBeLessThan(full / 2)
    expect(store.check()).toEqual([])
    store.close()
    expect(existsSync(`${temp.storePath}-wal`)).toBe(false)
  })
})

function overwrite(path: string, from: number, to: number): void {
  const bytes = readFileSync(path)
  bytes.fill(0xa5, from, to)
  writeFileSync(path, bytes)
}

function otherProgram(path: string): void {
  const db = new DatabaseSync(path)
  db.exec('CREATE TABLE bookmarks (url TEXT)')
  db.close()
}
