import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Progress } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { digest, type Digest } from '#shared/domain/ids.ts'
import { notOllama } from './ollama-errors.ts'
import type { OllamaApi } from './ollama-api.ts'
import { webStream } from './web-stream.ts'

/** How often progress is told at most. */
const stepBytes = 32 * 2 ** 20

/**
 * Brings a file into the server's store, and returns its digest. The file is read twice, first for its digest: a server
 * that has it already answers an upload without reading it, and the upload dies.
 */
export async function* uploadBlob(
  api: OllamaApi,
  file: string,
  signal: AbortSignal,
): AsyncGenerator<Progress, { readonly digest: Digest; readonly sizeBytes: number }> {
  const sizeBytes = await sizeOf(file)
  const totalBytes = 2 * sizeBytes
  const blob = yield* digested(file, { sizeBytes, totalBytes }, signal)
  if (!(await hasBlob(api, blob, signal))) {
    yield { step: 'uploading', doneBytes: sizeBytes, totalBytes }
    yield* uploaded(api, { file, blob, sizeBytes }, signal)
  }
  yield { step: 'uploaded', doneBytes: totalBytes, totalBytes }
  return { digest: blob, sizeBytes }
}

async function* digested(
  file: string,
  { sizeBytes, totalBytes }: { readonly sizeBytes: number; readonly totalBytes: number },
  signal: AbortSignal,
): AsyncGenerator<Progress, Digest> {
  const hash = createHash('sha256')
  try {
    const source = createReadStream(file, { signal, highWaterMark: 1 << 20 })
    for await (const doneBytes of counted(source, (chunk) => hash.update(chunk))) {
      yield { step: 'reading the file', doneBytes: Math.min(doneBytes, sizeBytes), totalBytes }
    }
  } catch (cause) {
    if (signal.aborted) throw new LabError('CANCELLED', 'The action was cancelled.', { cause })
    throw new LabError('GGUF_INVALID', `${file} cannot be read: ${String(cause)}`, {
      hint: 'Check that it is a file, and its permissions.',
      cause,
    })
  }
  return digest(hash.digest('hex'))
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (cause) {
    throw new LabError('MODEL_NOT_FOUND', `There is no file ${file}.`, { cause, hint: 'Check the path.' })
  }
}

async function hasBlob(api: OllamaApi, blob: Digest, signal: AbortSignal): Promise<boolean> {
  return (await api.bare(`/api/blobs/${blob}`, { method: 'HEAD' }, { signal, patience: 'quick' })) !== 404
}

async function* uploaded(
  api: OllamaApi,
  { file, blob, sizeBytes }: { readonly file: string; readonly blob: Digest; readonly sizeBytes: number },
  signal: AbortSignal,
): AsyncGenerator<Progress> {
  const sent = { bytes: 0, wake: () => {}, settled: false }
  const source = createReadStream(file, { highWaterMark: 1 << 20 })
  const body = webStream(tracked(source, sent))
  const init = { method: 'POST', body, duplex: 'half', headers: { 'content-length': String(sizeBytes) } }
  const request = api.bare(`/api/blobs/${blob}`, init, { signal, patience: 'long' }).finally(() => {
    sent.settled = true
    sent.wake()
  })
  // Its failure is taken up below; until then it must not count as unhandled.
  request.catch(() => {})
  try {
    while (!sent.settled) {
      yield { step: 'uploading', doneBytes: sizeBytes + Math.min(sent.bytes, sizeBytes), totalBytes: 2 * sizeBytes }
      await new Promise<void>((resolve) => {
        sent.wake = resolve
        if (sent.settled) resolve()
      })
    }
    if ((await request) === 404) throw notOllama(api.address, 'it takes no uploads')
  } catch (error) {
    // Somebody else may have brought it in meanwhile.
    if (signal.aborted || !(await hasBlob(api, blob, signal))) throw error
  } finally {
    source.destroy()
  }
}

async function* tracked(
  source: AsyncIterable<Uint8Array>,
  sent: { bytes: number; wake: () => void },
): AsyncGenerator<Uint8Array> {
  let told = 0
  for await (const chunk of source) {
    yield chunk
    sent.bytes += chunk.length
    if (sent.bytes - told < stepBytes) continue
    told = sent.bytes
    sent.wake()
  }
}

async function* counted(source: AsyncIterable<Uint8Array>, take: (chunk: Uint8Array) => void): AsyncGenerator<number> {
  let bytes = 0
  let told = 0
  for await (const chunk of source) {
    take(chunk)
    bytes += chunk.length
    if (bytes - told < stepBytes) continue
    told = bytes
    yield bytes
  }
}
