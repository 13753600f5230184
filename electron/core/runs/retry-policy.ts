import type { ErrorCode, LabError } from '#shared/domain/error.ts'

/**
 * What a failure means for the run:
 * - again: it may pass; try the cell again, a little later each time
 * - cell: this cell will always fail so; store it and go on
 * - variant: no cell of this variant can run now; leave them missing and go on with the next variant
 * - run: nothing can run now; stop, resumable
 */
export type Consequence = 'again' | 'cell' | 'variant' | 'run'

const consequences: Partial<Record<ErrorCode, Consequence>> = {
  ENGINE_BUSY: 'again',
  ENGINE_CRASHED: 'again',
  ENGINE_FAILED: 'again',
  STREAM_CUT: 'again',
  STREAM_GARBLED: 'again',
  ENGINE_ABSENT: 'again',
  OUT_OF_MEMORY: 'variant',
  MODEL_NOT_FOUND: 'variant',
  MODEL_CHANGED: 'variant',
  GGUF_INVALID: 'variant',
  ENGINE_TOO_OLD: 'variant',
  DISK_FULL: 'run',
  READ_ONLY: 'run',
  STORE_LOCKED: 'run',
  STORE_CORRUPT: 'run',
  RUN_LEASED: 'run',
  CLOSED: 'run',
  INTERNAL: 'run',
}

/** A time-out is not tried again by itself: a slow answer would only be thrown away as often as it is repeated. */
export const consequenceOf = (error: LabError): Consequence => consequences[error.code] ?? 'cell'

/** Half a second, one, two … at most half a minute. */
export const backoffMs = (attempt: number): number => Math.min(30_000, 500 * 2 ** (attempt - 1))

/** So many failed cells in a row, and the variant is left for later: the engine, not the prompts, is at fault. */
export const failuresInRowToStop = 8
