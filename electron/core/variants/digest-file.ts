import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Progress } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { digest, type Digest } from '#shared/domain/ids.ts'

/** Remembers digests of files by path, size and time of change. `store.variants` is one. */
export interface DigestMemory {
  knownFile(path: string, sizeBytes: number, modifiedMs: number): Digest | null
  rememberFile(path: string, sizeBytes: number, modifiedMs: number, digest: Digest): void
}

export interface DigestOptions {
  readonly memory?: DigestMemory
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

const chunkBytes = 2 ** 20

/**
 * SHA-256 of a file, read once and remembered until the file changes.
 * @throws LabError MODEL_NOT_FOUND; CONFLICT where the file changes while it is read
 */
export async function digestFile(path: string, options: DigestOptions = {}): Promise<Digest> {
  const { memory, onProgress, signal } = options
  signal?.throwIfAborted()
  const before = await facts(path)
  const known = memory?.knownFile(path, before.sizeBytes, before.modifiedMs)
  if (known !== null && known !== undefined) return known

  const hash = createHash('sha256')
  let doneBytes = 0
  await pipeline(
    createReadStream(path, { highWaterMark: chunkBytes }),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        hash.update(chunk)
        doneBytes += chunk.length
        onProgress?.({ step: `reading ${path}`, doneBytes, totalBytes: before.sizeBytes })
      }
    },
    signal === undefined ? {} : { signal },
  )
  const after = await facts(path)
  if (
    after.sizeBytes !== before.sizeBytes ||
    after.modifiedMs !== before.modifiedMs ||
    doneBytes !== before.sizeBytes
  ) {
    throw new LabError('CONFLICT', `${path} changed while it was read.`, { hint: 'Wait until it is whole.' })
  }
  const result = digest(hash.digest('hex'))
  memory?.rememberFile(path, before.sizeBytes, before.modifiedMs, result)
  return result
}

async function facts(path: string): Promise<{ readonly sizeBytes: number; readonly modifiedMs: number }> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { sizeBytes: size, modifiedMs: Math.trunc(mtimeMs) }
  } catch (cause) {
    throw new LabError('MODEL_NOT_FOUND', `There is no file ${path}.`, { cause, hint: 'Check the path.' })
  }
}
