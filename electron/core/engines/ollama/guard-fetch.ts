import { LabError } from '#shared/domain/error.ts'
import { errorField, networkError, notOllama, replyError, saidError } from './ollama-errors.ts'
import { plainLength } from './plain-lines.ts'
import { eachLine, readLines, type ByteLines } from './read-lines.ts'
import { webStream } from './web-stream.ts'

/** Model lists and `show` replies are far smaller, even with 70 B tensors and a licence. */
const maxReplyBytes = 64 * 2 ** 20
const maxErrorBytes = 64 * 1024
/** How long the last line waits for the end of its reply, so that the connection can be used again. */
const drainMs = 50
// Fatal: bytes that are no UTF-8 are no text.
const utf8 = new TextDecoder('utf-8', { fatal: true })
const lineEnd = Buffer.from('\n')

export interface GuardOptions {
  readonly fetch: typeof fetch
  readonly address: URL
  readonly signal: AbortSignal
  /** `json`: one reply. `lines`: a stream that must end with a line that says so. `bare`: a status, 404 too. */
  readonly expect: 'json' | 'lines' | 'bare'
  /** Called when a stream of lines was read to the very end, so that its connection needs no closing. */
  readonly onWhole?: () => void
}

/**
 * A fetch for the `ollama` package that closes its gaps:
 * - its requests cannot be aborted before the reply begins, or not at all: ours carry a signal
 * - it prints errors that are not JSON, and lines that are not JSON, and goes on: ours fail
 * - it throws a plain Error for an error line, and one for a missing last line: ours are told apart
 * - it sets no limit on the length of a line or a reply, and follows redirects: ours has limits and does not
 */
export function guardFetch(options: GuardOptions): typeof fetch {
  const { address, expect, signal } = options
  return async (input, init) => {
    const response = await ask(options, input, { ...init, signal, redirect: 'manual' })
    if (expect === 'bare' && response.status === 404) {
      await response.body?.cancel()
      return response
    }
    if (response.status < 200 || response.status > 299) {
      throw replyError(address, response.status, await readText(response, maxErrorBytes, address))
    }
    if (expect === 'bare') {
      await response.body?.cancel()
      return response
    }
    if (/text\/html/i.test(response.headers.get('content-type') ?? '')) throw notOllama(address, 'it sends web pages')
    const headers = { 'content-type': 'application/json' }
    if (expect === 'lines')
      return new Response(webStream(checkedLines(response.body ?? webStream([]), options)), { headers })
    const value = checkedJson(await readText(response, maxReplyBytes, address), address)
    // It is parsed already: writing it out for the package to parse it again would double what a long reply costs.
    return Object.assign(new Response(null, { headers }), { json: () => Promise.resolve(value) })
  }
}

async function ask({ fetch, address }: GuardOptions, input: RequestInfo | URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(input, init)
  } catch (error) {
    throw networkError(address, error)
  }
}

/** @throws LabError ENGINE_FAILED for a text that is longer than the limit or breaks off */
async function readText(response: Response, limitBytes: number, address: URL): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > limitBytes) break
    }
  } catch (error) {
    throw networkError(address, error)
  }
  if (bytes > limitBytes) throw notOllama(address, `its reply is longer than ${limitBytes} bytes`)
  return Buffer.concat(chunks).toString()
}

function checkedJson(text: string, address: URL): Readonly<Record<string, unknown>> {
  // Deleting and copying answer with nothing.
  if (text.trim() === '') return {}
  const value = parseObject(text)
  if (value === null) throw notOllama(address, 'its reply is not JSON')
  const said = errorField(value)
  if (said !== undefined) throw saidError(said, null)
  return value
}

/**
 * Yields whole lines, as many at once as had arrived, up to and including the last one (`done` or `success`). Every other
 * end is an error, told after the lines before it.
 */
async function* checkedLines(
  body: ReadableStream<Uint8Array>,
  { address, onWhole }: Pick<GuardOptions, 'address' | 'onWhole'>,
): AsyncGenerator<Uint8Array> {
  const source = readLines(body)
  for (;;) {
    const lines = await nextLines(source, address)
    if (lines === null) throw streamCut(address, { cleanEnd: true })
    const { before, last, fault } = checkLines(lines, address)
    if (before.length > 0) yield before
    if (fault !== null) throw fault
    if (last === null) continue
    // The library stops reading after the last line, so what follows it must have been read before.
    if (await drain(source)) onWhole?.()
    yield last
    return
  }
}

interface CheckedLines {
  /** Lines before the last one, or before the fault. */
  readonly before: Uint8Array
  readonly last: Uint8Array | null
  readonly fault: LabError | null
}

function checkLines({ bytes, whole }: ByteLines, address: URL): CheckedLines {
  const plain = plainLength(bytes)
  const good = [bytes.subarray(0, plain)]
  const checked = (end: Partial<CheckedLines>): CheckedLines => ({
    before: good.length === 1 ? bytes.subarray(0, plain) : Buffer.concat(good),
    last: null,
    fault: null,
    ...end,
  })
  for (const line of eachLine(bytes.subarray(plain))) {
    const value = parseObject(decode(line))
    if (value === null) return checked({ fault: whole ? garbled(line) : streamCut(address, { cleanEnd: false }) })
    const said = errorField(value)
    if (said !== undefined) return checked({ fault: saidError(said, null) })
    const ended = Buffer.concat([line, lineEnd])
    if (value['done'] === true || value['status'] === 'success') return checked({ last: ended })
    good.push(ended)
  }
  return checked({})
}

async function nextLines(source: AsyncGenerator<ByteLines>, address: URL): Promise<ByteLines | null> {
  try {
    const { value, done } = await source.next()
    return done === true ? null : value
  } catch (error) {
    if (error instanceof LabError) throw error
    throw streamCut(address, { cleanEnd: false, cause: error })
  }
}

/** Reads to the end where that comes at once; says whether it did. What breaks after the last line changes nothing. */
async function drain(source: AsyncGenerator<ByteLines>): Promise<boolean> {
  const rest = (async () => {
    try {
      for await (const lines of source) if (lines.bytes.length > maxErrorBytes) return false
      return true
    } catch {
      return false
    }
  })()
  const limit = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => limit.resolve(false), drainMs)
  const whole = await Promise.race([rest, limit.promise])
  clearTimeout(timer)
  return whole
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return ''
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

/** `data.cleanEnd`: the reply was complete as HTTP, and only the last line is missing. */
function streamCut(
  address: URL,
  { cleanEnd, cause }: { readonly cleanEnd: boolean; readonly cause?: unknown },
): LabError {
  const what = cleanEnd ? 'ended without its last line' : 'broke off'
  return new LabError('STREAM_CUT', `The reply of Ollama at ${address.host} ${what}.`, {
    hint: 'See whether Ollama still runs, and what its log says.',
    data: { cleanEnd },
    cause,
  })
}

function garbled(bytes: Uint8Array): LabError {
  const shown = JSON.stringify(Buffer.from(bytes.subarray(0, 60)).toString())
  return new LabError('STREAM_GARBLED', `Ollama sent a line that cannot be read: ${shown}.`, {
    hint: 'Check what stands between Assay and Ollama: a proxy may be changing its replies.',
  })
}
