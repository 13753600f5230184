import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '#core/engines/engine.ts'
import { createPatientFetch } from '#core/engines/ollama/patient-fetch.ts'
import { maxLineBytes } from '#core/engines/ollama/read-lines.ts'
import { webStream } from '#core/engines/ollama/web-stream.ts'
import type { GenerateRequest } from '#shared/domain/engine.ts'
import { chatRequest, engineAt, outcomeOf, rawRequest, type Outcome } from './playback-engine.ts'
import {
  answerFrom,
  readRecording,
  recorded,
  startPlayback,
  type Era,
  type Playback,
  type Reply,
} from './playback-server.ts'

/** Set to cut every stream at every byte, both ways (minutes); otherwise at every byte of its first and last lines. */
const everyByte = process.env['ASSAY_TEST_EVERY_BYTE'] === '1'
const edgeBytes = 90

interface Stream {
  readonly name: string
  readonly era: Era
  readonly request: GenerateRequest
  readonly bytes: Buffer
}

/** Every recorded reply of a generation that is a stream of lines. */
const streams: readonly Stream[] = [
  ...['generate-raw', 'generate-logprobs-chinese', 'generate-stop', 'generate-raw-prefilled', 'native-generate-raw'],
  ...['chat-think', 'chat-think-false', 'chat-chinese', 'chat-empty-thinking', 'chat-history', 'chat-logprobs'],
  ...['native-chat', 'native-chat-empty-thinking', 'native-chat-after-go', 'plain-inline', 'generate-length'],
  ...['repeat-abort', 'repeat-abort-2', 'runner-killed', 'runner-stopped', 'server-killed', 'chat-facts-withheld'],
  ...['generate-logprobs', 'native-chat-logprobs', 'chat-think-level', 'native-generate-think'],
]
  .map((name) => readStream(name, 'now'))
  .concat(
    ['generate-raw', 'generate-logprobs', 'chat-think', 'native-chat-think-false'].map((name) =>
      readStream(name, '0.24'),
    ),
  )

function readStream(name: string, era: Era): Stream {
  const { request } = readRecording(name, era)
  const body = request.body as { model: string; prompt?: string; messages?: { content: string }[] }
  return {
    name: era === 'now' ? name : `${name} (${era})`,
    era,
    request:
      body.prompt === undefined
        ? chatRequest(body.model, body.messages?.at(-1)?.content ?? '')
        : rawRequest(body.prompt, { ref: body.model, maxTokens: 400 }),
    bytes: Buffer.from(recorded(name, era).chunks.join('')),
  }
}

/** Answers over real HTTP, but for the stream under test, which the transport makes up: 100 000 cuts in seconds. */
let facts: Playback
let cutStream: (() => ReadableStream<Uint8Array>) | null = null
let engine: Engine
const patient = createPatientFetch()

beforeAll(async () => {
  facts = await startPlayback((request) =>
    request.path === '/api/ps'
      ? recorded('ps-empty')
      : answerFrom(['version', 'tags', 'show-f16', 'show-native', 'show-plain'])(request),
  )
  const transport: typeof fetch = async (input, init) => {
    const url = new Request(input).url
    const isStream = /\/api\/(generate|chat)$/.test(url) && cutStream !== null
    if (!isStream) return remember(url, () => patient.fetch(input, init))
    return new Response(cutStream?.() ?? null, { headers: { 'content-type': 'application/x-ndjson' } })
  }
  engine = engineAt(facts.url, { fetch: transport })
})
afterAll(async () => {
  await engine.close()
  patient.close()
  await facts.close()
})

/** Facts do not change between cuts. */
const remembered = new Map<string, string>()
async function remember(key: string, ask: () => Promise<Response>): Promise<Response> {
  if (key.endsWith('/show')) return ask()
  const text = remembered.get(key) ?? (await (await ask()).text())
  remembered.set(key, text)
  return new Response(text, { headers: { 'content-type': 'application/json' } })
}

async function play(stream: Stream, chunks: readonly Uint8Array[], broken = false): Promise<Outcome> {
  cutStream = () =>
    webStream(
      (async function* () {
        yield* chunks
        if (broken) throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
      })(),
    )
  try {
    return await outcomeOf(engine.generate(stream.request, new AbortController().signal))
  } finally {
    cutStream = null
  }
}

const withoutTimes = ({ events, ended }: Outcome) => ({
  ended,
  events: events.map((event) => (event.kind === 'text' ? { ...event, atMs: 0 } : { ...event, timings: null })),
})

/** Where to cut: everywhere, or everywhere near both ends and near every seventh line's end. */
function cutsOf({ bytes }: Stream): readonly number[] {
  const all = Array.from({ length: bytes.length }, (_, at) => at)
  if (everyByte || bytes.length <= 4 * edgeBytes) return all
  const lineEnds = all.filter((at) => bytes[at] === 0x0a).filter((_, index) => index % 20 === 0)
  const near = new Set(lineEnds.flatMap((at) => [at - 1, at, at + 1, at + 20]))
  return all.filter((at) => at < edgeBytes || at >= bytes.length - edgeBytes || near.has(at))
}

describe.each(streams)('$name', (stream) => {
  const { bytes } = stream

  it('is the same however it is cut into chunks', async () => {
    const whole = withoutTimes(await play(stream, [bytes]))
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte))
    expect(withoutTimes(await play(stream, single))).toEqual(whole)
    for (const at of cutsOf(stream).filter((_, index) => index % (everyByte ? 1 : 20) === 0)) {
      expect(withoutTimes(await play(stream, [bytes.subarray(0, at), bytes.subarray(at)])), `cut at ${at}`).toEqual(
        whole,
      )
    }
  })

  it('cut at a byte, ends as cut and keeps what had arrived', async () => {
    const whole = await play(stream, [bytes])
    for (const at of cutsOf(stream)) {
      for (const broken of everyByte ? [false, true] : [at % 2 === 0]) {
        const cut = await play(stream, [bytes.subarray(0, at)], broken)
        const expected = expectedAt(stream, at, { broken, whole })
        expect({ ended: cut.ended, text: cut.text }, `${broken ? 'broken' : 'ended'} at ${at}`).toEqual(expected)
      }
    }
  })
})

/**
 * What a cut leaves: the text of the lines that had their line end. A last line without its line end counts only where
 * the reply ended properly and the line is whole; only then is anything but STREAM_CUT right.
 */
function expectedAt(
  { bytes }: Pick<Stream, 'bytes'>,
  at: number,
  { broken, whole }: { readonly broken: boolean; readonly whole: Pick<Outcome, 'ended'> },
): { readonly ended: string; readonly text: string } {
  const lines = bytes.subarray(0, at).toString().split('\n')
  const rest = lines.pop() ?? ''
  const restIsWhole = !broken && bytes[at] === 0x0a && rest !== ''
  const text = [...lines, ...(restIsWhole ? [rest] : [])].map(textOf).join('')
  return { ended: restIsWhole && at === bytes.length - 1 ? whole.ended : 'STREAM_CUT', text }
}

/** What a line says, read here in the plainest way. */
function textOf(line: string): string {
  const {
    response = '',
    thinking = '',
    message,
    error,
  } = JSON.parse(line) as {
    response?: string
    thinking?: string
    message?: { content?: string; thinking?: string }
    error?: string
  }
  if (error !== undefined) return ''
  return thinking + response + (message?.thinking ?? '') + (message?.content ?? '')
}

describe('over a real connection', () => {
  /** The first lines and the last of a recording: asking for a chat would cost three requests a cut. */
  const lines = recorded('generate-raw').chunks
  const stream = {
    ...readStream('generate-raw', 'now'),
    bytes: Buffer.from([...lines.slice(0, 4), ...lines.slice(-1)].join('')),
  }
  const play = async (chunks: readonly Uint8Array[], end: Reply['end']) => {
    server.reply = { status: 200, contentType: 'application/x-ndjson', chunks, end }
    return outcomeOf(real.generate(stream.request, new AbortController().signal))
  }
  const server: { reply: Reply | null; playback: Playback | null } = { reply: null, playback: null }
  let real: Engine
  beforeAll(async () => {
    server.playback = await startPlayback((request) => {
      return request.path === '/api/generate' ? (server.reply ?? undefined) : recorded('version')
    })
    real = engineAt(server.playback.url)
  })
  afterAll(async () => {
    await real.close()
    await server.playback?.close()
  })

  it('a stream cut at every byte is cut, whether it ends or breaks, and keeps all that was sent', async () => {
    const { bytes } = stream
    const whole = await play([bytes], 'end')
    expect(whole.ended).toBe('stop')
    for (let at = 0; at < bytes.length; at += 1) {
      // Broken on even bytes and ended on odd ones, and on every last byte of a line and its neighbours both.
      const isEdge = bytes.subarray(at - 1, at + 2).includes(0x0a)
      const ends: readonly Reply['end'][] = isEdge || everyByte ? ['end', 'break'] : [at % 2 === 0 ? 'break' : 'end']
      for (const end of ends) {
        const cut = await play([bytes.subarray(0, at)], end)
        const expected = expectedAt(stream, at, { broken: end === 'break', whole })
        expect({ ended: cut.ended, text: cut.text }, `${end} at ${at}`).toEqual(expected)
      }
    }
  })

  it('a line of endless length is refused', async () => {
    const part = Buffer.alloc(2 ** 20, 0x61)
    const chunks = Array.from({ length: maxLineBytes / part.length + 2 }, () => part)
    expect((await play(chunks, 'end')).ended).toBe('STREAM_GARBLED')
  })
})
