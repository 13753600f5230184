import { resolve } from 'node:path'
import { buildIfStale } from '../../electron/server/build-if-stale.ts'

/** The browser tests look at the built page: it is built once before them when it is older than its sources. */
export function setup(): void {
  buildIfStale(resolve(import.meta.dirname, '../..'))
}
