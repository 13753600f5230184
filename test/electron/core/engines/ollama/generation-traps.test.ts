import { afterEach, describe, expect, it } from 'vitest'
import type { Engine } from '#core/engines/engine.ts'
import type { GenerateRequest } from '#shared/domain/engine.ts'
import { chatRequest, engineAt, errorOf, outcomeOf, question, rawRequest } from './playback-engine.ts'
import {
  answerFrom,
  json,
  ndjson,
  readRecording,
  recorded,
  startPlayback,
  type Era,
  type Playback,
  type Reply,
  type SeenRequest,
} from './playback-server.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

async function start(
  answer: (request: SeenRequest) => Reply | undefined,
  version = '0.32.15',
): Promise<{ readonly engine: Engine; readonly server: Playback }> {
  const server = await startPlayback(
    (request) => answer(request) ?? (request.path === '/api/version' ? json({ version }) : undefined),
  )
  const engine = engineAt(server.url)
  opened.push(engine, server)
  return { engine, server }
}

const play = (names: readonly string[], era?: Era) => start(answerFrom([...names, 'version'], era))

/** A server where every generation gets one reply. */
const replying = (reply: Reply) => start((request) => (request.path === '/api/generate' ? reply : undefined))

async function generate(engine: Engine, request: GenerateRequest, signal = new AbortController().signal) {
  return outcomeOf(engine.generate(request, signal))
}

const promptOf = (name: string) => String((readRecording(name).request.body as { prompt: string }).prompt)
const sent = (server: Playback, path = '/api/generate') =>
  server.requests.find((request) => request.path === path)?.body

describe('what is sent leaves nothing to a default', () => {
  it('every option by name, no cutting, no shifting, raw and without think parsing', async () => {
    const { engine, server } = await play(['generate-raw'])
    await generate(engine, rawRequest(question, { load: { contextTokens: 512, threads: 2, batchTokens: 64 } }))
    expect(sent(server)).toEqual({
      model: 'specimen:f16',
      prompt: question,
      raw: true,
      think: false,
      stream: true,
      truncate: false,
      shift: false,
      keep_alive: '10m',
      options: {
        num_ctx: 512,
        num_batch: 64,
        num_thread: 2,
        num_predict: 200,
        temperature: 0,
        top_p: 1,
        top_k: 0,
        min_p: 0,
        typical_p: 1,
        repeat_penalty: 1,
        presence_penalty: 0,
        frequency_penalty: 0,
        seed: 1,
        stop: [],
      },
    })
  })

  it('num_predict 0, which would be without end, is sent as 1', async () => {
    const { engine, server } = await play(['generate-raw'])
    await generate(engine, rawRequest(question, { maxTokens: 0 }))
    expect(sent(server)?.['options']).toMatchObject({ num_predict: 1 })
  })

  it('a context length and a batch are sent also where nobody chose a batch', async () => {
    const { engine, server } = await play(['generate-raw'])
    await generate(engine, rawRequest(question))
    expect(sent(server)?.['options']).toMatchObject({ num_ctx: 512, num_batch: 512, num_thread: 1 })
  })

  it('the begin mark is sent never, because the server adds one', async () => {
    const { engine, server } = await play(['generate-raw'])
    const { end } = await generate(engine, rawRequest(`<｜begin▁of▁sentence｜>${question}`))
    expect(sent(server)?.['prompt']).toBe(question)
    expect(end?.promptTokens).toBe(15)
  })

  it('an empty prompt, which would only load the model, is refused', async () => {
    const { engine, server } = await play([])
    expect((await generate(engine, rawRequest('<｜begin▁of▁sentence｜>'))).ended).toBe('BAD_REQUEST')
    expect(server.asked()).toEqual(['GET /api/version'])
  })
})

describe('a generation', () => {
  it.each([['now'], ['0.24']] as const)(
    'keeps the text of a raw prompt byte for byte, tags and all (%s)',
    async (era) => {
      const { engine } = await play(['generate-raw'], era)
      const { text, events, end } = await generate(engine, rawRequest(question))
      expect(text).toBe(
        '<think>\nDigits from the right: 7+3=10, 4+5+1=10, 2+6+1=9. So 247+653=900.\n</think>\n\n247 + 653 = 900',
      )
      expect(events.every((event) => event.kind === 'end' || event.thinking === null)).toBe(true)
      expect(end).toMatchObject({ reason: 'stop', promptTokens: 15, outputTokens: 64 })
    },
  )

  it('reports the engine’s times in milliseconds', async () => {
    const { engine } = await play(['generate-raw'])
    const { end } = await generate(engine, rawRequest(question))
    expect(end?.timings).toMatchObject({ promptMs: 1.322, generateMs: 56.782 })
    expect(end?.timings.totalMs).toBeGreaterThanOrEqual(end?.timings.firstTokenMs ?? Number.NaN)
  })

  it('takes a zero that the server left out for no time said, and no tokens for none', async () => {
    const { engine } = await replying(ndjson({ response: '', done: true, done_reason: 'stop' }))
    const { end } = await generate(engine, rawRequest(question))
    expect(end).toMatchObject({ outputTokens: 0, promptTokens: null, timings: { promptMs: null, generateMs: null } })
    expect(end?.timings.firstTokenMs).toBeNull()
  })

  it('takes counts and times that cannot be for none', async () => {
    const end = async (eval_count: number, eval_duration: number) => {
      const { engine } = await replying(
        ndjson({ response: '', done: true, done_reason: 'stop', eval_count, eval_duration }),
      )
      return (await generate(engine, rawRequest(question, { maxTokens: 64 }))).end
    }
    expect(await end(Number.MAX_SAFE_INTEGER, 5e9)).toMatchObject({ outputTokens: null })
    expect(await end(60, 1)).toMatchObject({ outputTokens: 60, timings: { generateMs: null } })
    expect(await end(60, 6e7)).toMatchObject({ outputTokens: 60, timings: { generateMs: 60 } })
  })

  it('uses one connection for one after the other', async () => {
    const { engine, server } = await play(['generate-raw'])
    for (let count = 0; count < 5; count += 1) await generate(engine, rawRequest(question))
    expect(server.connections()).toBe(1)
  })

  it('goes on when the model process hangs for a while', async () => {
    const { engine } = await play(['runner-stopped'])
    const { ended, end } = await generate(engine, rawRequest(promptOf('runner-stopped')))
    expect([ended, end?.outputTokens]).toEqual(['stop', 115])
  })
})

describe('log-probabilities', () => {
  /** Entries and eval_count of the reply, chat or not; the difference is what the server lost. */
  const count = async (name: string, request: GenerateRequest, era?: Era) => {
    const models = era === '0.24' ? [] : ['tags', 'show-f16', 'show-native', 'ps-empty']
    const { engine } = await play([name, ...models], era)
    const { events, end, ended } = await generate(engine, { ...request, alternatives: 20 })
    expect(ended).toBe('stop')
    const tokens = events.flatMap((event) => (event.kind === 'text' ? event.tokens : []))
    return { entries: tokens.length, outputTokens: end?.outputTokens, tokens }
  }
  const user = 'What is 247 + 653?'

  it('are counted against the tokens: a raw generation loses the end token, a chat several more', async () => {
    const raw = await count('native-generate-raw', rawRequest(question, { ref: 'specimen-native:f16' }))
    expect([raw.entries, raw.outputTokens]).toEqual([63, 64])
    const go = await count('chat-logprobs', chatRequest('specimen:f16', user))
    expect([go.entries, go.outputTokens]).toEqual([59, 64])
    const native = await count('native-chat-logprobs', chatRequest('specimen-native:f16', user))
    expect([native.entries, native.outputTokens]).toEqual([61, 64])
    const old = await count('native-generate-raw', rawRequest(question, { ref: 'specimen-native:f16' }), '0.24')
    expect([old.entries, old.outputTokens]).toEqual([63, 64])
  })

  it('come with as many alternatives as asked, the likeliest first, parts of characters left as they are', async () => {
    const { engine } = await replying(recorded('generate-logprobs'))
    const { events } = await generate(engine, rawRequest(question, { alternatives: 20 }))
    const tokens = events.flatMap((event) => (event.kind === 'text' ? event.tokens : []))
    expect(tokens).toHaveLength(63)
    for (const { alternatives, text, id } of tokens) {
      expect(alternatives).toHaveLength(20)
      const values = alternatives.map(({ logprob }) => logprob ?? Number.NEGATIVE_INFINITY)
      expect(values).toEqual(values.toSorted((a, b) => b - a))
      expect([alternatives[0]?.text, id]).toEqual([text, null])
    }
    const all = tokens.flatMap(({ alternatives }) => alternatives.map(({ text }) => text))
    expect(all.filter((text) => text === '').length).toBeGreaterThan(1)
    expect(all.filter((text) => text === '\ufffd').length).toBeGreaterThan(1)
  })

  it('that underflow are a probability of zero, not a number', async () => {
    const lowest = -3.4028234663852886e38
    const entry = {
      token: 'a',
      logprob: -0.5,
      top_logprobs: [
        { token: 'a', logprob: -0.5 },
        { token: 'b', logprob: lowest },
      ],
    }
    const { engine } = await replying(
      ndjson(
        { response: 'a', done: false, logprobs: [entry] },
        { response: '', done: true, done_reason: 'stop', eval_count: 2 },
      ),
    )
    const { events } = await generate(engine, rawRequest(question, { alternatives: 2 }))
    expect(events[0]).toMatchObject({
      tokens: [{ logprob: -0.5, alternatives: [{ text: 'a' }, { text: 'b', logprob: null }] }],
    })
  })

  it('of a line without text wait for the next text, and are not lost at the end', async () => {
    const entry = (token: string) => ({ token, logprob: -1 })
    const { engine } = await replying(
      ndjson(
        { response: '', done: false, logprobs: [entry('\ufffd')] },
        { response: '你', done: false, logprobs: [entry('你')] },
        { response: '', done: true, done_reason: 'length', eval_count: 3, logprobs: [entry('')] },
      ),
    )
    const { events } = await generate(engine, rawRequest(question, { alternatives: 0 }))
    expect(
      events.map((event) =>
        event.kind === 'text' ? [event.text, event.tokenCount, event.tokens.length] : event.reason,
      ),
    ).toEqual([['你', 2, 2], ['', 1, 1], 'length'])
  })

  it('are refused before asking where the server has none, or not so many', async () => {
    const old = await start(() => undefined, '0.12.8')
    expect((await generate(old.engine, rawRequest(question, { alternatives: 0 }))).ended).toBe('ENGINE_UNSUPPORTED')
    const now = await start(() => undefined)
    expect((await generate(now.engine, rawRequest(question, { alternatives: 21 }))).ended).toBe('ENGINE_UNSUPPORTED')
    expect(now.server.asked()).toEqual(['GET /api/version'])
  })
})

describe('the chat of an app', () => {
  const user = 'What is 247 + 653?'
  const facts = ['tags', 'show-f16', 'show-native', 'show-plain', 'ps-empty']

  it('comes in two parts where the template is Go', async () => {
    const { engine } = await play(['chat-think', ...facts])
    const { thinking, answer } = await generate(engine, chatRequest('specimen:f16', user))
    expect(thinking).toMatch(/^Digits from the right/)
    expect(answer).toBe('247 + 653 = 900')
  })

  it('comes in two parts, white space kept, where the template is in the GGUF', async () => {
    const { engine } = await play(['native-chat', ...facts])
    const { thinking, answer } = await generate(engine, chatRequest('specimen-native:f16', user))
    expect(thinking).toMatch(/^\nDigits/)
    expect(answer).toBe('\n\n247 + 653 = 900')
  })

  it('is not parted where the server knows no thinking: the tags are for us to find', async () => {
    const { engine } = await play(['plain-inline', ...facts])
    const { text, thinking, answer } = await generate(engine, chatRequest('specimen-plain:f16', user))
    expect([thinking, answer]).toEqual(['', ''])
    expect(text).toMatch(/^<think>\nDigits[^]*<\/think>/)
  })

  it('is all answer where the engine parts and no thinking came', async () => {
    const { engine } = await play(['chat-empty-thinking', ...facts])
    const { thinking, answer, text } = await generate(
      engine,
      chatRequest('specimen:f16', '1989年天安门广场发生了什么？'),
    )
    expect([thinking, answer]).toEqual(['', text])
    expect(text).toMatch(/^对不起/)
  })

  it('sends the tag’s own stops by name, as an app would have them', async () => {
    const { engine, server } = await play(['chat-think', ...facts])
    await generate(engine, { ...chatRequest('specimen:f16', user), stop: ['X'] })
    const options = sent(server, '/api/chat')?.['options']
    expect(options).toMatchObject({ stop: ['<｜end▁of▁sentence｜>', '<｜User｜>', '<｜Assistant｜>', 'X'] })
    expect(sent(server, '/api/chat')).not.toHaveProperty('think')
  })

  it('refuses think false where the template would ignore it, and sends it where it would not', async () => {
    const { engine, server } = await play(['chat-think-false', 'native-chat-think-false', ...facts])
    const ignored = await generate(engine, chatRequest('specimen-native:f16', user, false))
    expect(ignored.ended).toBe('ENGINE_UNSUPPORTED')
    expect(ignored.error?.hint).toContain('suppressed')
    expect(server.asked()).not.toContain('POST /api/chat')
    const obeyed = await generate(engine, chatRequest('specimen:f16', user, false))
    expect(sent(server, '/api/chat')?.['think']).toBe(false)
    expect([obeyed.ended, obeyed.thinking]).toEqual(['stop', ''])
  })

  it('says so when thinking is asked of a model that has none', async () => {
    const { engine } = await play(['think-without-capability', ...facts])
    const { ended, error } = await generate(engine, chatRequest('specimen-plain:f16', user, true))
    expect(ended).toBe('ENGINE_UNSUPPORTED')
    expect(error?.message).toContain('does not support thinking')
  })
})

describe('a stream that ends badly', () => {
  it('for repetition ends as repetition, its text kept', async () => {
    const { engine } = await play(['repeat-abort'])
    const { ended, text, end } = await generate(engine, rawRequest(promptOf('repeat-abort')))
    expect([ended, text]).toEqual(['repetition', '0'.repeat(31)])
    expect(end).toMatchObject({ outputTokens: null, promptTokens: null })
  })

  it('one piece earlier is cut, because that is not what Ollama does', async () => {
    const whole = recorded('repeat-abort')
    const { engine } = await replying({ ...whole, chunks: whole.chunks.slice(0, 30) })
    expect((await generate(engine, rawRequest(question))).ended).toBe('STREAM_CUT')
  })

  it('by a broken connection is cut, however much it repeated', async () => {
    const { engine } = await replying({ ...recorded('repeat-abort'), end: 'break' })
    const { ended, text } = await generate(engine, rawRequest(question))
    expect([ended, text]).toEqual(['STREAM_CUT', '0'.repeat(31)])
  })

  it('that repeats and then ends properly has just ended', async () => {
    const { engine } = await play(['repeat-abort-2'])
    expect((await generate(engine, rawRequest(promptOf('repeat-abort-2')))).ended).toBe('stop')
  })

  it('without its last line is cut, its text kept', async () => {
    const whole = recorded('generate-raw')
    const { engine } = await replying({ ...whole, chunks: whole.chunks.slice(0, 10) })
    const { ended, text, error } = await generate(engine, rawRequest(question))
    expect([ended, text]).toEqual(['STREAM_CUT', '<think>\nDigits from the right: 7+'])
    expect(error?.hint).not.toBeNull()
  })

  it('because the model process died says so, from a line inside a 200, and the next one works', async () => {
    const { engine } = await play(['runner-killed'])
    const { ended, text } = await generate(engine, rawRequest(promptOf('runner-killed')))
    expect(ended).toBe('ENGINE_CRASHED')
    expect(text).toMatch(/^<think>\nThe user asks about the Hong Kong protests of 2019. In 2019 h$/)
    const again = await play(['after-runner-killed'])
    expect((await generate(again.engine, rawRequest(promptOf('after-runner-killed')))).ended).toBe('stop')
  })

  it('because the whole server died is cut, and nothing that arrived is lost', async () => {
    const { engine } = await play(['server-killed'])
    const { ended, text } = await generate(engine, rawRequest(promptOf('server-killed')))
    expect([ended, text]).toEqual(['STREAM_CUT', '<think>\nThe user asks about the Hong Kong protests'])
  })

  it('with a reason that is none is cut', async () => {
    const { engine } = await replying(ndjson({ response: 'a', done: false }, { response: '', done: true }))
    expect((await generate(engine, rawRequest(question))).ended).toBe('STREAM_CUT')
  })

  it.each([
    ['a line that is not JSON', '{"response":"a","done":false}\nnot json\n'],
    ['a line that is not an object', '[1]\n'],
    ['a number where text belongs', '{"response":1,"done":false}\n'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a])],
    ['UTF-8 cut inside a whole line', Buffer.from([...Buffer.from('{"response":"'), 0xe4, 0xbd, 0x22, 0x7d, 0x0a])],
    ['a count below zero', '{"response":"","done":true,"done_reason":"stop","eval_count":-1}\n'],
    ['success where a text should end', '{"response":"","done":false,"status":"success"}\n'],
  ])('with %s is garbled', async (_, chunk) => {
    const { engine } = await replying({ status: 200, contentType: 'application/x-ndjson', chunks: [chunk], end: 'end' })
    expect((await generate(engine, rawRequest(question))).ended).toBe('STREAM_GARBLED')
  })

  it('never is left', async () => {
    const line = `${JSON.stringify({ response: 'a', done: false })}\n`
    const { engine, server } = await replying({
      status: 200,
      contentType: 'application/x-ndjson',
      chunks: [line.repeat(500)],
      end: 'stay-open',
    })
    expect((await generate(engine, rawRequest(question, { maxTokens: 8 }))).ended).toBe('STREAM_GARBLED')
    await server.clientGone
  })

  it('with a last line, but does not close, is over all the same', async () => {
    const { engine } = await replying({ ...recorded('generate-raw'), end: 'stay-open' })
    expect((await generate(engine, rawRequest(question))).ended).toBe('stop')
  })
})

describe('cancelling', () => {
  const endless: Reply = {
    ...recorded('generate-raw'),
    chunks: recorded('generate-raw').chunks.slice(0, 3),
    end: 'stay-open',
  }

  it('closes the connection, keeps the text and does not throw', async () => {
    const { engine, server } = await replying(endless)
    const stop = new AbortController()
    const seen: string[] = []
    for await (const event of engine.generate(rawRequest(question), stop.signal)) {
      seen.push(event.kind === 'text' ? event.text : event.reason)
      if (seen.length === 3) stop.abort()
    }
    expect(seen).toEqual(['<think>', '\n', 'Digits', 'cancelled'])
    await server.clientGone
  })

  it('ends the text there, also where all of it had arrived', async () => {
    const whole = recorded('generate-raw')
    const { engine } = await replying({ ...whole, chunks: [whole.chunks.join('')] })
    const stop = new AbortController()
    const seen: string[] = []
    for await (const event of engine.generate(rawRequest(question), stop.signal)) {
      seen.push(event.kind === 'text' ? event.text : event.reason)
      if (seen.length === 3) stop.abort()
    }
    expect(seen).toEqual(['<think>', '\n', 'Digits', 'cancelled'])
  })

  it('works before the reply has begun, as during a load', async () => {
    const { engine, server } = await replying({ ...endless, chunks: [] })
    const stop = new AbortController()
    const outcome = generate(engine, rawRequest(question), stop.signal)
    while (server.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
    stop.abort()
    expect((await outcome).ended).toBe('cancelled')
    await server.clientGone
  })

  it('before asking asks nothing', async () => {
    const { engine, server } = await replying(endless)
    expect((await generate(engine, rawRequest(question), AbortSignal.abort())).ended).toBe('cancelled')
    expect(server.asked()).toEqual([])
  })

  it('by walking away closes the connection too', async () => {
    const { engine, server } = await replying(endless)
    for await (const event of engine.generate(rawRequest(question), new AbortController().signal)) {
      expect(event.kind).toBe('text')
      break
    }
    await server.clientGone
  })

  it('by closing the engine ends open streams as cancelled, and what comes after is refused', async () => {
    const { engine } = await replying(endless)
    let first = true
    const seen: string[] = []
    for await (const event of engine.generate(rawRequest(question), new AbortController().signal)) {
      seen.push(event.kind === 'text' ? event.text : event.reason)
      if (first) await engine.close()
      first = false
    }
    expect(seen.at(-1)).toBe('cancelled')
    expect((await errorOf(engine.list())).code).toBe('CLOSED')
    await engine.close()
  })
})

describe('an error reply', () => {
  it.each([
    ['prompt-too-long', 'PROMPT_TOO_LONG', 'now'],
    ['prompt-too-long', 'PROMPT_TOO_LONG', '0.24'],
    ['option-wrong-type', 'BAD_REQUEST', 'now'],
    ['generate-top-21', 'BAD_REQUEST', 'now'],
    ['generate-raw-system', 'ENGINE_UNSUPPORTED', 'now'],
    ['model-missing', 'MODEL_NOT_FOUND', 'now'],
    ['wrong-host', 'ENGINE_FAILED', 'now'],
    ['bad-json', 'BAD_REQUEST', 'now'],
  ] as const)('%s is %s (%s)', async (name, code, era) => {
    const { engine } = await replying(recorded(name, era))
    const { ended, error } = await generate(engine, rawRequest(question))
    expect(ended).toBe(code)
    expect(error?.hint).not.toBeNull()
  })

  it('inside an error reply is read: the message, and the numbers', async () => {
    const { engine } = await replying(recorded('prompt-too-long'))
    const { error } = await generate(engine, rawRequest(question))
    expect(error?.message).toContain('request (723 tokens) exceeds the available context size (512 tokens)')
    expect(error?.message).not.toContain('{')
    expect(error?.data).toEqual({ promptTokens: 723, contextTokens: 512 })
  })

  it.each([
    [500, 'model requires more system memory (9.0 GiB) than is available (2.1 GiB)', 'OUT_OF_MEMORY'],
    [500, 'llama-server reported out-of-memory during startup: cudaMalloc failed: out of memory', 'OUT_OF_MEMORY'],
    [503, 'server busy, please try again.  maximum pending requests exceeded', 'ENGINE_BUSY'],
    [500, 'model runner has unexpectedly stopped, this may be due to resource limitations', 'ENGINE_CRASHED'],
    [500, 'something new', 'ENGINE_FAILED'],
  ])('%i %s is %s', async (status, text, code) => {
    const { engine } = await replying(json({ error: text }, status))
    expect((await generate(engine, rawRequest(question))).ended).toBe(code)
  })

  it.each([
    ['a web page', { status: 200, contentType: 'text/html', chunks: ['<html></html>'], end: 'end' }],
    ['another server’s 404', { status: 404, contentType: 'text/plain', chunks: ['404 page not found'], end: 'end' }],
    ['a way to somewhere else', { status: 302, contentType: 'text/plain', chunks: [''], end: 'end' }],
  ] as const)('%s is not Ollama', async (_, reply) => {
    const { engine } = await replying(reply)
    const { ended, error } = await generate(engine, rawRequest(question))
    expect(ended).toBe('ENGINE_FAILED')
    expect(error?.message).toContain('is not Ollama')
  })

  it('that points elsewhere is not followed, whatever fetch is used', async () => {
    const elsewhere = await startPlayback(() => recorded('generate-raw'))
    const away: Reply = { ...json({}, 307), headers: { location: `${elsewhere.url}/api/generate` } }
    const here = await startPlayback((request) => (request.path === '/api/version' ? recorded('version') : away))
    const engine = engineAt(here.url, { fetch: globalThis.fetch })
    opened.push(engine, here, elsewhere)
    expect((await generate(engine, rawRequest(question))).ended).toBe('ENGINE_FAILED')
    expect(elsewhere.asked()).toEqual([])
  })
})
