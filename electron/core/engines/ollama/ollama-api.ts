// The browser build, because the other one's create() refuses a model whose name is also a file in the working folder.
import { Ollama } from 'ollama/browser'
import type * as z from 'zod'
import { LabError } from '#shared/domain/error.ts'
import { guardFetch, type GuardOptions } from './guard-fetch.ts'
import { notOllama, timeoutError } from './ollama-errors.ts'
import { patiences, watchPatience, type GivenUp, type Patience, type Patiences } from './patience.ts'
import { createPatientFetch } from './patient-fetch.ts'

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  readonly patience: keyof Patiences
}

export interface ApiOptions {
  /** Default: one over node:http that waits as long as a load takes. */
  readonly fetch?: typeof fetch
  /** Default: `patiences`. */
  readonly patience?: Patiences
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
  bare(path: string, init: RequestInit, options: CallOptions): Promise<number>
  close(): void
}

export function createOllamaApi(address: URL, { fetch: givenFetch, patience = patiences }: ApiOptions = {}): OllamaApi {
  const patient = givenFetch === undefined ? createPatientFetch() : null
  const fetch = givenFetch ?? patient?.fetch ?? globalThis.fetch
  const closing = new AbortController()
  const guarded = (signal: AbortSignal, expect: GuardOptions['expect']) =>
    guardFetch({ fetch, address, signal, expect })
  // A path is kept, its last slash is not: the package joins by text.
  const host = address.href.replace(/\/+$/, '')
  const clientFor = (signal: AbortSignal, expect: 'json' | 'lines') =>
    new Ollama({ host, fetch: guarded(signal, expect) })
  const ask = async (signal: AbortSignal) =>
    (await fetch(`${host}/api/version`, { signal, redirect: 'manual' })).body?.cancel()
  const scope = ({ signal, patience: kind }: CallOptions): Scope => ({
    signal,
    patience: patience[kind],
    closing: closing.signal,
    address,
    ask,
  })

  return {
    address,
    json: (schema, options, call) =>
      withSignal(scope(options), async (inner) => parseReply(schema, await call(clientFor(inner, 'json')), address)),
    async *lines(schema, signal, call) {
      const link = linkSignals([signal, closing.signal])
      try {
        for await (const line of await call(clientFor(link.signal, 'lines'))) yield parseLine(schema, line)
      } catch (error) {
        throw explain(error, { signal, closing: closing.signal, givenUp: null, address })
      } finally {
        link.end()
      }
    },
    bare: (path, init, options) =>
      withSignal(scope(options), async (inner) => {
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
  readonly patience: Patience
  readonly closing: AbortSignal
  readonly address: URL
  /** Asks for something that a server which does not hang answers at once. */
  readonly ask: (signal: AbortSignal) => Promise<unknown>
}

async function withSignal<T>(scope: Scope, action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, patience, closing, address, ask } = scope
  const limit = new AbortController()
  const link = linkSignals([...(signal === undefined ? [] : [signal]), closing, limit.signal])
  let givenUp: GivenUp | null = null
  const endWatch = watchPatience(patience, ask, (why) => {
    givenUp = why
    limit.abort()
  })
  try {
    return await action(link.signal)
  } catch (error) {
    throw explain(error, { signal, closing, givenUp, address })
  } finally {
    endWatch()
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
  context: Pick<Scope, 'signal' | 'closing' | 'address'> & { readonly givenUp: GivenUp | null },
): unknown {
  const { signal, closing, givenUp, address } = context
  if (signal?.aborted === true) return new LabError('CANCELLED', 'The action was cancelled.', { cause: error })
  if (closing.aborted) return new LabError('CLOSED', 'The connection to Ollama was closed.', { cause: error })
  return givenUp === null ? error : timeoutError(address, givenUp, error)
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
