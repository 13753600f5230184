import { Database, type DatabaseOptions } from './database.ts'
import { LabError } from '#shared/domain/error.ts'
import { applicationId, migrate, type Migration } from './migrate.ts'
import { migrations } from './migrations/migrations.ts'
import { corruptStore } from './store-error.ts'

/**
 * Opens the file, or makes it, and brings it to the newest schema.
 * @throws LabError STORE_NEWER | STORE_CORRUPT | STORE_LOCKED | READ_ONLY | DISK_FULL; the file is then as it was
 */
export function openDatabase(options: DatabaseOptions, steps: readonly Migration[] = migrations): Database {
  const db = new Database(options)
  try {
    refuseForeignFile(db, steps)
    db.exec(
      // NORMAL with a write-ahead log: a killed process loses nothing; a power cut can lose the last cells, never half of one.
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000;',
    )
    migrate(db, steps)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Before anything is written: a newer store, or somebody else's database, stays untouched. */
function refuseForeignFile(db: Database, steps: readonly Migration[]): void {
  const version = db.pragma('user_version')
  const tables = db.get<{ n: number }>('SELECT count(*) AS n FROM sqlite_schema')?.n ?? 0
  if (tables > 0 && db.pragma('application_id') !== applicationId) {
    throw corruptStore(db.path, 'it is the database of another program')
  }
  if (version > steps.length) {
    throw new LabError('STORE_NEWER', `The store ${db.path} was written by a newer Assay (schema ${version}).`, {
      hint: `Update Assay, or choose another folder with --home or ASSAY_HOME. This one reads up to schema ${steps.length}.`,
      data: { found: version, known: steps.length },
    })
  }
}
