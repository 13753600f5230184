import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { webStream } from './web-stream.ts'

export interface PatientFetch {
  readonly fetch: typeof fetch
  /** Closes what connections are kept for the next request. */
  close(): void
}

/** Bytes that may wait here for a slow reader before the socket is told to wait. */
const waitingBytes = 1 << 20

/**
 * A fetch over node:http, because Node's own has two habits that cost results here: it gives up after 300 seconds
 * without a byte, which a large model's load or quantization takes, and when a connection breaks it throws away what
 * had arrived and was not read yet.
 */
export function createPatientFetch(): PatientFetch {
  const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) }
  return {
    fetch: async (input, init = {}) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const message = await ask(url, init, agents).catch((error: unknown) => {
        if (error instanceof StaleConnection) return ask(url, init, agents)
        throw error
      })
      return toResponse(message, init.method === 'HEAD')
    },
    close() {
      agents['http:'].destroy()
      agents['https:'].destroy()
    },
  }
}

/** A connection kept from an earlier request, which the other side had closed meanwhile. */
class StaleConnection extends Error {}

async function ask(
  url: URL,
  init: RequestInit,
  agents: { readonly 'http:': http.Agent; readonly 'https:': https.Agent },
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  const request = (secure ? https : http).request(url, {
    method: init.method ?? 'GET',
    headers: Object.fromEntries(new Headers(init.headers)),
    agent: agents[secure ? 'https:' : 'http:'],
    ...(init.signal ? { signal: init.signal } : {}),
  })
  const reply = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.on('error', (error: NodeJS.ErrnoException) => {
      // A stream that was sent in part cannot be sent again.
      const canRepeat = request.reusedSocket && !(init.body instanceof ReadableStream)
      reject(canRepeat && error.code === 'ECONNRESET' ? new StaleConnection(error.message, { cause: error }) : error)
    })
  })
  sendBody(request, init.body ?? null)
  return reply
}

function sendBody(request: http.ClientRequest, body: BodyInit | null): void {
  if (body === null) {
    request.end()
    return
  }
  if (typeof body === 'string') {
    // Node announces no body for a DELETE by itself, and the server would take it for the next request.
    request.setHeader('content-length', Buffer.byteLength(body))
    request.end(body)
    return
  }
  if (!(body instanceof ReadableStream)) throw new TypeError('only texts and streams can be sent')
  const source = Readable.fromWeb(body as NodeReadableStream)
  source.on('error', (error) => request.destroy(error))
  request.on('close', () => source.destroy())
  source.pipe(request)
}

function toResponse(message: IncomingMessage, isHead: boolean): Response {
  const status = message.statusCode ?? 0
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one)
  }
  if (status < 200 || status > 599) {
    message.destroy()
    throw new TypeError(`a reply with status ${status}`)
  }
  const bodiless = isHead || status === 204 || status === 205 || status === 304
  if (bodiless) message.resume()
  return new Response(bodiless ? null : webStream(chunksOf(message)), { status, headers })
}

/** Every chunk that arrived, in order, and only then the error: an errored Node or web stream drops what it holds. */
async function* chunksOf(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  const queue: Uint8Array[] = []
  let queuedBytes = 0
  let ended = false
  let failure: Error | null = null
  let wake = () => {}
  message.on('data', (chunk: Uint8Array) => {
    queue.push(chunk)
    queuedBytes += chunk.length
    if (queuedBytes > waitingBytes) message.pause()
    wake()
  })
  const finish = (error: Error | null) => {
    ended = true
    failure ??= error
    wake()
  }
  message.on('end', () => finish(null))
  message.on('error', (error) => finish(error))
  message.on('close', () => finish(message.complete ? null : new Error('the connection was closed')))
  try {
    for (;;) {
      // What arrived together goes on together: a server that flushes every token makes a chunk of every token.
      while (queue.length > 0) {
        const chunks = queue.splice(0)
        queuedBytes = 0
        if (message.isPaused()) message.resume()
        yield chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
      }
      if (failure !== null) throw failure
      if (ended) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    message.destroy()
  }
}
