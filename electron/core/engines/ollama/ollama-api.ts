// The browser build, because the other one's create() refuses a model whose name is also a file in the working folder.
import { Ollama } from 'ollama/browser'
import type * as z from 'zod'
import { LabError } from '#shared/domain/error.ts'
import { guardFetch, type GuardOptions } from './guard-fetch.ts'
import { notOllama } from './ollama-errors.ts'
import { createPatientFetch } from './patient-fetch.ts'

/** Requests that answer from what the server knows, without running a model. */
export const quickMs = 30_000

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Null where only the caller can know how long is too long: loads, generations, downloads. */
  readonly limitMs: number | null
}

/** The `ollama` package behind a guard: every reply parsed, every failure a LabError, every call abortable. */
export interface OllamaApi {
  readonly address: URL
  json<T>(schema: z.ZodType<T>, options: CallOptions, call: (client: Ollama) => Promise<unknown>): Promise<T>
  /** Ends after the line that says it is the last. Leaving the loop closes the connection. */
  lines<T>(
    schema: z.ZodType<T>,
    signal: AbortSignal,
    call: (client: Ollama) => Promise<AsyncIterable<unknown>>,
  ): AsyncGenerator<T>
  /** What the package does not have. Returns the reply's status: 2xx, or 404. */
  bare(path: string, init: RequestInit, signal: AbortSignal): Promise<number>
  close(): void
}

export function createOllamaApi(address: URL, givenFetch?: typeof fetch): OllamaApi {
  const patient = givenFetch === undefined ? createPatientFetch() : null
  const fetch = givenFetch ?? patient?.fetch ?? globalThis.fetch
  const closing = new AbortController()
  const guarded = (signal: AbortSignal, expect: GuardOptions['expect']) =>
    guardFetch({ fetch, address, signal, expect })
  // A path is kept, its last slash is not: the package joins by text.
  const host = address.href.replace(/\/+$/, '')
  const clientFor = (signal: AbortSignal, expect: 'json' | 'lines') =>
    new Ollama({ host, fetch: guarded(signal, expect) })

  return {
    address,
    json: (schema, { signal, limitMs }, call) =>
      withSignal({ signal, limitMs, closing: closing.signal, address }, async (inner) =>
        parseReply(schema, await call(clientFor(inner, 'json')), address),
      ),
    async *lines(schema, signal, call) {
      const link = linkSignals([signal, closing.signal])
      try {
        for await (const line of await call(clientFor(link.signal, 'lines'))) yield parseLine(schema, line)
      } catch (error) {
        throw explain(error, { signal, closing: closing.signal, timedOut: false, address })
      } finally {
        link.end()
      }
    },
    bare: (path, init, signal) =>
      withSignal({ signal, limitMs: null, closing: closing.signal, address }, async (inner) => {
        const response = await guarded(inner, 'bare')(`${host}${path}`, init)
        return response.status
      }),
    close() {
      closing.abort()
      patient?.close()
    },
  }
}

interface Scope {
  readonly signal: AbortSignal | undefined
  readonly limitMs: number | null
  readonly closing: AbortSignal
  readonly address: URL
}

async function withSignal<T>(scope: Scope, action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, limitMs, closing, address } = scope
  const limit = new AbortController()
  const timer = limitMs === null ? null : setTimeout(() => limit.abort(), limitMs)
  const link = linkSignals([...(signal === undefined ? [] : [signal]), closing, limit.signal])
  try {
    return await action(link.signal)
  } catch (error) {
    throw explain(error, { signal, closing, timedOut: limit.signal.aborted, address })
  } finally {
    if (timer !== null) clearTimeout(timer)
    link.end()
  }
}

/** Not AbortSignal.any: `end` also closes what is still open, and leaves no listener on a run's long-lived signal. */
function linkSignals(signals: readonly AbortSignal[]): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController()
  const abort = () => controller.abort()
  for (const signal of signals) {
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
  }
  return {
    signal: controller.signal,
    end() {
      for (const signal of signals) signal.removeEventListener('abort', abort)
      abort()
    },
  }
}

/** Whatever broke after an abort broke because of it. */
function explain(
  error: unknown,
  context: Pick<Scope, 'signal' | 'closing' | 'address'> & { readonly timedOut: boolean },
): unknown {
  const { signal, closing, timedOut, address } = context
  if (signal?.aborted === true) return new LabError('CANCELLED', 'The action was cancelled.', { cause: error })
  if (closing.aborted) return new LabError('CLOSED', 'The connection to Ollama was closed.', { cause: error })
  if (timedOut) {
    return new LabError('ENGINE_TIMEOUT', `Ollama at ${address.origin} does not answer.`, {
      hint: 'It is there but hangs: see what it is doing, or start it again.',
      cause: error,
    })
  }
  return error
}

function parseReply<T>(schema: z.ZodType<T>, value: unknown, address: URL): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw notOllama(address, `its reply has an unexpected form (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`)
}

function parseLine<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') ?? ''
  throw new LabError(
    'STREAM_GARBLED',
    `Ollama sent a line of an unexpected form (${where}: ${issue?.message ?? ''}).`,
    {
      hint: 'This Ollama may be newer than Assay knows.',
    },
  )
}
