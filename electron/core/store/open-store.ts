import { statSync } from 'node:fs'
import { LabError } from '#shared/domain/error.ts'
import { cellRepository } from './cell-repository.ts'
import { copyStore } from './copy-store.ts'
import type { Database } from './database.ts'
import { labelRepository } from './label-repository.ts'
import { openDatabase } from './open-database.ts'
import { runRepository } from './run-repository.ts'
import { settingsRepository } from './settings-repository.ts'
import type { Store } from './store.ts'
import { suiteRepository } from './suite-repository.ts'
import { traceRepository } from './trace-repository.ts'
import { variantRepository } from './variant-repository.ts'
import { indexWaiting } from './word-index.ts'

export interface StoreOptions {
  /** The file; made with its tables where there is none. Its folder has to exist. */
  readonly path: string
  /** Milliseconds since the epoch, for what the store dates by itself: runs and the rules' labels. */
  readonly now?: () => number
  /** How long a call waits for another process's write before STORE_LOCKED. Default 5 s. */
  readonly busyTimeoutMs?: number
}

/**
 * Opens a store, or makes one.
 * @throws LabError STORE_NEWER | STORE_CORRUPT | STORE_LOCKED | READ_ONLY | DISK_FULL
 */
export function openStore({ now = Date.now, ...options }: StoreOptions): Store {
  return storeOn(openDatabase(options), now)
}

/** The repositories over one connection. */
export function storeOn(db: Database, now: () => number): Store {
  return {
    path: db.path,
    schemaVersion: db.pragma('user_version'),
    runs: runRepository(db, now),
    cells: cellRepository(db, now),
    traces: traceRepository(db),
    labels: labelRepository(db),
    suites: suiteRepository(db),
    variants: variantRepository(db),
    settings: settingsRepository(db),
    stamp: () => `${db.pragma('data_version')}/${db.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0}`,
    writesElsewhere: () => db.pragma('data_version'),
    sizeBytes: () => fileBytes(db.path) + fileBytes(`${db.path}-wal`),
    compact() {
      indexWaiting(db)
      db.run("INSERT INTO trace_index (trace_index) VALUES ('optimize')")
      db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE);')
    },
    copyTo: (path) => copyStore(db, path),
    check: () => findDamage(db),
    close: () => db.close(),
  }
}

function findDamage(db: Database): readonly string[] {
  try {
    const lines = db.all<{ integrity_check: string }>('PRAGMA integrity_check').map((row) => row.integrity_check)
    if (lines.join() !== 'ok') return lines
    return db
      .all<{ table: string }>('PRAGMA foreign_key_check')
      .map(({ table }) => `a row of ${table} refers to one that is gone`)
  } catch (error) {
    // Damage so deep that the check itself cannot go on is still an answer.
    if (error instanceof LabError && error.code === 'STORE_CORRUPT') return [error.message]
    throw error
  }
}

const fileBytes = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
