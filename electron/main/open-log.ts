import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { dirname } from 'node:path'

/** A log that has grown beyond this is put aside when the next one is opened; the one before that goes. */
const largestBytes = 5_000_000

/** The log file, appended to. A disk that is full or read-only loses lines, never the window. */
export function openLog(path: string): WriteStream {
  mkdirSync(dirname(path), { recursive: true })
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) renameSync(path, `${path}.1`)
  return createWriteStream(path, { flags: 'a' }).on('error', (error) => console.error(error.message))
}
