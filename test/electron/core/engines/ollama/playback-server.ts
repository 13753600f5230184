import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

/** What a server says, and how it stops talking: an orderly end, or a connection that breaks. */
export interface Reply {
  readonly status: number
  readonly contentType: string | null
  readonly chunks: readonly (string | Uint8Array)[]
  readonly end: 'end' | 'break' | 'stay-open'
  readonly headers?: Readonly<Record<string, string>>
}

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Parsed where it is JSON, else its length in bytes. */
  readonly body: Readonly<Record<string, unknown>>
  readonly bodyBytes: number
}

export interface Recording {
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown }
  readonly response: {
    readonly status: number | null
    readonly contentType: string | null
    readonly chunks: readonly { readonly ms: number; readonly text: string }[]
    readonly end: string
  }
}

export interface Playback {
  readonly url: string
  /** Everything that was asked, in order. */
  readonly requests: readonly SeenRequest[]
  /** `METHOD path` of every request, in order. */
  asked(): readonly string[]
  /** How many connections were opened in all. */
  connections(): number
  /** Resolves when a client has left before a reply was over. */
  readonly clientGone: Promise<void>
  close(): Promise<void>
}

const folders = { now: 'ollama', '0.24': 'ollama-0.24' } as const
export type Era = keyof typeof folders

export function readRecording(name: string, era: Era = 'now'): Recording {
  const file = new URL(`../../../../fixtures/${folders[era]}/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(fileURLToPath(file), 'utf8')) as Recording
}

export function recorded(name: string, era: Era = 'now'): Reply {
  const { status, contentType, chunks, end } = readRecording(name, era).response
  return {
    status: status ?? 0,
    contentType,
    chunks: chunks.map(({ text }) => text),
    end: end === 'end' ? 'end' : 'break',
  }
}

/** The whole body of a recorded reply, which is JSON. */
export const recordedJson = (name: string) =>
  JSON.parse(String(recorded(name).chunks.join(''))) as Record<string, unknown>

export const json = (value: unknown, status = 200): Reply => ({
  status,
  contentType: 'application/json; charset=utf-8',
  chunks: [JSON.stringify(value)],
  end: 'end',
})

export const ndjson = (...lines: readonly unknown[]): Reply => ({
  status: 200,
  contentType: 'application/x-ndjson',
  chunks: lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`),
  end: 'end',
})

const matched = [
  'prompt',
  'messages',
  'raw',
  'from',
  'quantize',
  'source',
  'destination',
  '_debug_render_only',
  'logprobs',
]

/** Answers with the first recording whose method, path and telling fields are those of the request. */
export function answerFrom(names: readonly string[], era: Era = 'now'): (request: SeenRequest) => Reply | undefined {
  const recordings = names.map((name) => ({ name, recording: readRecording(name, era) }))
  return (request) => {
    const found = recordings.find(({ recording }) => matches(recording.request, request))
    return found === undefined ? undefined : recorded(found.name, era)
  }
}

function matches(asked: Recording['request'], seen: SeenRequest): boolean {
  if (asked.method !== seen.method || asked.path !== seen.path) return false
  const wanted = (typeof asked.body === 'object' && asked.body !== null ? asked.body : {}) as Record<string, unknown>
  // The package says `name` where the recordings say `model`; Ollama takes both.
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? '') === JSON.stringify(b ?? '')
  return (
    same(wanted['model'], seen.body['model'] ?? seen.body['name']) &&
    matched.every((key) => same(wanted[key], seen.body[key]))
  )
}

/** A server that takes a request and says nothing. */
export const silence = new Promise<never>(() => {})

/** Plays replies over real HTTP on a free port. A request that nothing answers gets 501, which no test expects. */
export async function startPlayback(
  answer: (request: SeenRequest) => Reply | undefined | Promise<Reply | undefined>,
): Promise<Playback> {
  const requests: SeenRequest[] = []
  const gone = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const bytes = Buffer.concat(parts)
      const seen = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        ...readBody(bytes),
      }
      requests.push(seen)
      response.on('close', () => {
        if (!response.writableFinished) gone.resolve()
      })
      play(
        response,
        (await answer(seen)) ?? json({ error: `nothing is recorded for ${seen.method} ${seen.path}` }, 501),
      )
    })
  })
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    asked: () => requests.map(({ method, path }) => `${method} ${path}`),
    connections: () => connections,
    clientGone: gone.promise,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function readBody(bytes: Buffer): Pick<SeenRequest, 'body' | 'bodyBytes'> {
  try {
    return { body: JSON.parse(bytes.toString()) as Record<string, unknown>, bodyBytes: bytes.length }
  } catch {
    return { body: {}, bodyBytes: bytes.length }
  }
}

function play(response: ServerResponse, reply: Reply): void {
  const type = reply.contentType === null ? {} : { 'content-type': reply.contentType }
  response.writeHead(reply.status, { ...type, ...reply.headers })
  response.flushHeaders()
  for (const chunk of reply.chunks) response.write(chunk)
  if (reply.end === 'end') response.end()
  if (reply.end === 'break') response.write('', () => response.socket?.destroySoon())
}
