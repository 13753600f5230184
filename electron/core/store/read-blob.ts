import type { TokenRecord } from '#shared/domain/trace.ts'
import type { Database } from './database.ts'
import { unpackText } from './packed-text.ts'
import { corruptStore } from './store-error.ts'
import { decodeTokens } from './token-blob.ts'

/** @throws LabError STORE_CORRUPT */
export function readBlobText(db: Database, blob: Uint8Array): string {
  return orCorrupt(db, () => unpackText(blob))
}

/** @throws LabError STORE_CORRUPT */
export function readBlobTokens(db: Database, blob: Uint8Array): readonly TokenRecord[] {
  return orCorrupt(db, () => decodeTokens(blob))
}

function orCorrupt<T>(db: Database, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw corruptStore(db.path, 'a text in it is damaged', error)
  }
}
