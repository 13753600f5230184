import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '#core/engines/engine.ts'
import { createPatientFetch } from '#core/engines/ollama/patient-fetch.ts'
import { maxLineBytes } from '#core/engines/ollama/read-lines.ts'
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
const edgeBytes = 150

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
    const isStream = /\/api\/(generate|chat)$/.test(String(input)) && cutStream !== null
    if (!isStream) return remember(String(input), () => patient.fetch(input, init))
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
    ReadableStream.from(
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
    const lastLineStart = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1
    for (const at of cutsOf(stream)) {
      for (const broken of everyByte ? [false, true] : [at % 2 === 0]) {
        const cut = await play(stream, [bytes.subarray(0, at)], broken)
        const where = `${broken ? 'broken' : 'ended'} at ${at}`
        expect(whole.text.startsWith(cut.text), where).toBe(true)
        // A last line that is complete but for its line end has been said.
        const isWhole = at >= bytes.length - 1
        if (isWhole) expect([whole.ended, 'STREAM_CUT'], where).toContain(cut.ended)
        else expect(cut.ended, where).toBe('STREAM_CUT')
        if (at === lastLineStart) expect(cut.text, where).toBe(textBefore(whole, lastLineStart, stream))
      }
    }
  })
})

/** Everything, where the last line has no text of its own: all recordings but the ones cut for repetition or death. */
function textBefore(whole: Outcome, lastLineStart: number, { bytes }: Stream): string {
  const last = JSON.parse(bytes.subarray(lastLineStart).toString()) as {
    response?: string
    message?: { content: string }
  }
  const own = last.response ?? last.message?.content ?? ''
  return whole.text.slice(0, whole.text.length - own.length)
}

describe('over a real connection', () => {
  const stream = readStream('chat-chinese', 'now')
  const play = async (chunks: readonly Uint8Array[], end: Reply['end']) => {
    server.reply = { status: 200, contentType: 'application/x-ndjson', chunks, end }
    return outcomeOf(real.generate(stream.request, new AbortController().signal))
  }
  const server: { reply: Reply | null; playback: Playback | null } = { reply: null, playback: null }
  let real: Engine
  beforeAll(async () => {
    server.playback = await startPlayback((request) => {
      if (request.path === '/api/chat') return server.reply ?? undefined
      return request.path === '/api/ps' ? recorded('ps-empty') : answerFrom(['version', 'tags', 'show-f16'])(request)
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
      const lines = bytes.subarray(0, at).toString().split('\n').slice(0, -1)
      const said = lines.map((line) => (JSON.parse(line) as { message: { content: string } }).message.content).join('')
      for (const end of ['end', 'break'] as const) {
        const cut = await play([bytes.subarray(0, at)], end)
        // Without its line end a last line may still be whole, where the reply ended properly.
        const isWhole = at === bytes.length - 1 && end === 'end'
        expect(cut.ended, `${end} at ${at}`).toBe(isWhole ? 'stop' : 'STREAM_CUT')
        if (!isWhole && bytes[at] !== 0x0a) expect(cut.text, `${end} at ${at}`).toBe(said)
      }
    }
  })

  it('a line of endless length is refused', async () => {
    const part = Buffer.alloc(2 ** 20, 0x61)
    const chunks = Array.from({ length: maxLineBytes / part.length + 2 }, () => part)
    expect((await play(chunks, 'end')).ended).toBe('STREAM_GARBLED')
  })
})
