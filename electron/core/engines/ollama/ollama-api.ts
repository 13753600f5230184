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

/** What a line has to be. `plain`, where given, reads without the schema what it knows, and says null to the rest. */
export interface LineForm<T> {
  readonly schema: z.ZodType<T>
  readonly plain?: (value: unknown) => T | null
}

/** The `ollama` package behind a guard: every reply parsed, every failure a LabError, every call abortable. */
export interface OllamaApi {
  readonly address: URL
  json<T>(schema: z.ZodType<T>, options: CallOptions, call: (client: Ollama) => Promise<unknown>): Promise<T>
  /** Ends after the line that says it is the last. Leaving the loop closes the connection. */
  lines<T>(
    form: LineForm<T>,
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
  const guarded = (options: Omit<GuardOptions, 'fetch' | 'address'>) => guardFetch({ fetch, address, ...options })
  // A path is kept, its last slash is not: the package joins by text.
  const host = address.href.replace(/\/+$/, '')
  const clientFor = (options: Parameters<typeof guarded>[0]) => new Ollama({ host, fetch: guarded(options) })
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
      withSignal(scope(options), async (inner) =>
        parseReply(schema, await call(clientFor({ signal: inner, expect: 'json' })), address),
      ),
    async *lines({ schema, plain }, signal, call) {
      const link = linkSignals([signal, closing.signal])
      let whole = false
      const onWhole = () => {
        whole = true
      }
      try {
        for await (const line of await call(clientFor({ signal: link.signal, expect: 'lines', onWhole }))) {
          // Lines that had arrived before the abort are not told any more.
          link.signal.throwIfAborted()
          yield plain?.(line) ?? parseLine(schema, line)
        }
      } catch (error) {
        throw explain(error, { signal, closing: closing.signal, givenUp: null, address })
      } finally {
        link.end(whole)
      }
    },
    bare: (path, init, options) =>
      withSignal(scope(options), async (inner) => {
        const response = await guarded({ signal: inner, expect: 'bare' })(`${host}${path}`, init)
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
  let whole = false
  try {
    const result = await action(link.signal)
    whole = true
    return result
  } catch (error) {
    throw explain(error, { signal, closing, givenUp, address })
  } finally {
    endWatch()
    link.end(whole)
  }
}

/**
 * Not AbortSignal.any: `end` also closes what is still open, and leaves no listener on a run's long-lived signal. A reply
 * that was read as a whole has nothing open, and an abort makes an error with its stack.
 */
function linkSignals(signals: readonly AbortSignal[]): { readonly signal: AbortSignal; end(whole: boolean): void } {
  const controller = new AbortController()
  const abort = () => controller.abort()
  for (const signal of signals) {
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
  }
  return {
    signal: controller.signal,
    end(whole) {
      for (const signal of signals) signal.removeEventListener('abort', abort)
      if (!whole) abort()
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
