import { LabError } from '#shared/domain/error.ts'

/** Primary result codes, https://sqlite.org/rescode.html. The low byte of an extended code is its primary code. */
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26
/** Extended: a trigger of ours said no. */
const CONSTRAINT_TRIGGER = 1811

/**
 * The one place where SQLite's error codes become the lab's. What is not in its list is a bug of ours and is returned
 * as it came.
 */
export function storeError(error: unknown, path: string): unknown {
  const code = sqliteCode(error)
  if (code === null) return error
  if (code === CONSTRAINT_TRIGGER) return new LabError('CONFLICT', triggerMessage(error), { cause: error })
  switch (code & 0xff) {
    case BUSY:
    case LOCKED:
      return lockedStore(path, error)
    case READONLY:
    case CANTOPEN:
      return readOnlyStore(path, error)
    case FULL:
      return new LabError('DISK_FULL', `The disk is full: nothing more can be written to ${path}.`, {
        hint: 'Make room on the disk, then resume: everything recorded before is still there.',
        cause: error,
      })
    case CORRUPT:
    case NOTADB:
      return corruptStore(path, 'it is damaged or not a store at all', error)
    case IOERR:
      return corruptStore(path, 'the disk reports an error', error)
    default:
      return error
  }
}

export function corruptStore(path: string, reason: string, cause?: unknown): LabError {
  return new LabError('STORE_CORRUPT', `The store ${path} cannot be read: ${reason}.`, {
    hint: 'Move the file away and start again, or put a copy from the backups folder beside it in its place.',
    cause,
  })
}

export function readOnlyStore(path: string, cause?: unknown): LabError {
  return new LabError('READ_ONLY', `The store ${path} cannot be written.`, {
    hint: 'Make its folder and files writable, or choose another folder with --home or ASSAY_HOME.',
    cause,
  })
}

function lockedStore(path: string, cause: unknown): LabError {
  return new LabError('STORE_LOCKED', `Another process keeps the store ${path} locked.`, {
    hint: 'Wait until it has finished, or close it, and try again.',
    cause,
  })
}

function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode
}

const triggerMessage = (error: unknown): string => (error instanceof Error ? `${error.message}.` : 'The store refused.')
