import { basename, dirname, extname, join } from 'node:path'
import { copyStore } from './copy-store.ts'
import type { Database } from './database.ts'

/** `ASSY` in the file's header: tells a store from any other SQLite file. */
export const applicationId = 0x41535359

/** One step of the schema. Its place in the list is its number, from 1; steps are never edited once released. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/** Runs the steps a store lacks, each in a transaction of its own, with a copy of an existing store before each: one copy a version, a later one holds more and takes its place. */
export function migrate(db: Database, steps: readonly Migration[]): void {
  const found = db.pragma('user_version')
  for (let next = found; next < steps.length; next = db.pragma('user_version')) {
    const step = steps[next]
    if (step === undefined) throw new RangeError(`no migration ${next + 1}`)
    // One that this call has only just made has nothing to lose.
    if (found > 0) copyStore(db, backupPath(db.path, next))
    db.transaction(() => {
      // Another process may have done this step while this one waited for the lock.
      if (db.pragma('user_version') !== next) return
      db.exec(step.sql)
      db.exec(`PRAGMA user_version = ${next + 1}; PRAGMA application_id = ${applicationId};`)
    })
  }
}

/** `backups/assay.v1.sqlite` beside `assay.sqlite`. */
export function backupPath(path: string, version: number): string {
  const extension = extname(path)
  return join(dirname(path), 'backups', `${basename(path, extension)}.v${version}${extension}`)
}
