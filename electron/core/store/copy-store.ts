import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database } from './database.ts'
import { readOnlyStore } from './store-error.ts'

/** Writes the store to another file, which appears under its name only when it is whole. */
export function copyStore(db: Database, target: string): void {
  const part = `${target}.${process.pid}.part`
  try {
    mkdirSync(dirname(target), { recursive: true })
    rmSync(part, { force: true })
  } catch (error) {
    throw readOnlyStore(dirname(target), error)
  }
  try {
    db.run('VACUUM INTO ?', part)
    renameSync(part, target)
  } finally {
    rmSync(part, { force: true })
  }
}
