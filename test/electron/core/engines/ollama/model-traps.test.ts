import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createOllamaEngine } from '#core/engines/ollama/create-ollama-engine.ts'
import type { CreateRequest, Engine } from '#core/engines/engine.ts'
import type { Progress } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { endpointId } from '#shared/domain/ids.ts'
import { chatRequest, engineAt, errorOf, load, outcomeOf } from './playback-engine.ts'
import {
  answerFrom,
  json,
  ndjson,
  recorded,
  startPlayback,
  type Era,
  type Playback,
  type Reply,
  type SeenRequest,
} from './playback-server.ts'

const opened: { close(): Promise<void> }[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

async function start(
  answer: (request: SeenRequest) => Reply | undefined,
): Promise<{ readonly engine: Engine; readonly server: Playback }> {
  const server = await startPlayback(answer)
  const engine = engineAt(server.url)
  opened.push(engine, server)
  return { engine, server }
}

const play = (names: readonly string[], era?: Era) => start(answerFrom(names, era))
const modelOf = ({ body }: SeenRequest) => (body['model'] ?? body['name'] ?? '') as string
const manager = (engine: Engine) => {
  if (engine.models === undefined) throw new Error('an Ollama engine manages models')
  return engine.models
}

async function all(progress: AsyncIterable<Progress>): Promise<readonly Progress[]> {
  const told: Progress[] = []
  for await (const one of progress) told.push(one)
  return told
}

async function fileWith(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-ollama-'))
  folders.push(folder)
  const file = join(folder, 'a model.gguf')
  await writeFile(file, content)
  return file
}

const text = (name: string) => JSON.parse(String(recorded(name).chunks.join(''))) as Record<string, unknown>
const never = () => new AbortController().signal

describe('the status of an endpoint', () => {
  it.each([
    ['now', '0.32.15'],
    ['0.24', '0.24.0'],
  ] as const)('is ready with its version (%s)', async (era, version) => {
    const { engine } = await play(['version'], era)
    expect(await engine.status()).toMatchObject({ state: 'ready', version, remote: false, kind: 'ollama' })
  })

  it('is absent where nobody listens, with a hint how to get one there', async () => {
    const probe = createServer()
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
    const { port } = probe.address() as AddressInfo
    await new Promise((resolve) => probe.close(resolve))
    for (const given of [{}, { fetch: globalThis.fetch }]) {
      const engine = engineAt(`http://127.0.0.1:${port}`, given)
      opened.push(engine)
      const status = await engine.status()
      expect(status).toMatchObject({ state: 'absent', reason: expect.stringContaining('ECONNREFUSED') })
      expect(status).toMatchObject({ hint: expect.stringContaining('ollama serve') })
      expect((await errorOf(engine.features())).code).toBe('ENGINE_ABSENT')
    }
  })

  it('of a machine that nobody knows is absent, and remote', async () => {
    const engine = engineAt('http://nowhere.invalid:11434')
    opened.push(engine)
    expect(await engine.status()).toMatchObject({
      state: 'absent',
      remote: true,
      hint: expect.stringContaining('reachable'),
    })
  })

  it('of an old server is broken, and says what is needed', async () => {
    const { engine } = await start(() => json({ version: '0.5.7' }))
    expect(await engine.status()).toMatchObject({ state: 'broken', reason: expect.stringContaining('0.12.6') })
    expect((await errorOf(engine.features())).code).toBe('ENGINE_TOO_OLD')
    expect((await errorOf(engine.load('specimen:f16', load))).code).toBe('ENGINE_TOO_OLD')
  })

  it.each([
    ['a web page', { status: 200, contentType: 'text/html', chunks: ['<html>'], end: 'end' }],
    ['other JSON', json({ hello: 1 })],
    ['nothing', { status: 200, contentType: null, chunks: [], end: 'end' }],
    ['no JSON', { status: 200, contentType: 'application/json', chunks: ['hello'], end: 'end' }],
    ['a reply that breaks off', { status: 200, contentType: 'application/json', chunks: ['{"ver'], end: 'break' }],
    ['a refusal of its name', recorded('wrong-host')],
  ] as const)('is broken for %s, and never throws', async (_, reply) => {
    const { engine } = await start(() => reply)
    expect(await engine.status()).toMatchObject({ state: 'broken' })
  })

  it('is broken for a server that speaks something else', async () => {
    const server = createServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.9\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const engine = engineAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    opened.push(engine, { close: () => new Promise((resolve) => server.close(() => resolve())) })
    expect(await engine.status()).toMatchObject({ state: 'broken', reason: expect.stringContaining('not Ollama') })
  })
})

describe('the list of models', () => {
  const shows = ['show-f16', 'show-native', 'show-plain', 'show-q4_K_M', 'show-labelled']
  /** The recordings have no `show` of Q8_0: the details of F16 would be another model's. */
  const withPs = (ps: string) =>
    start((request) => (request.path === '/api/ps' ? recorded(ps) : answerFrom(['tags', ...shows])(request)))

  it('has the true bits per weight, counted from the tensors', async () => {
    const { engine } = await withPs('ps')
    const rows = await engine.list()
    const row = (ref: string) => rows.find((variant) => variant.ref === ref)
    expect(row('specimen:f16')?.precision).toMatchObject({ name: 'F16', simulated: false })
    expect(row('specimen:f16')?.precision.bitsPerWeight).toBeCloseTo(16.0094, 4)
    // The mean of a Q4_K_M's mixture: file bytes, less the header, over weights.
    expect(row('specimen:q4_K_M')?.precision.bitsPerWeight).toBeCloseTo(4.9627, 4)
    expect(row('specimen:f16')).toMatchObject({
      id: 'ollama:specimen:f16',
      family: 'specimen',
      digest: 'sha256:e9215e14c164d3cccee6ea6b089e34ed2f0059d5c63ae241e2bca90b1f863a0f',
      weightsDigest: 'sha256:61e3fb99dc208da41139d0c36b9a71de59febda2f4cb2b2f6036846d62220b79',
      parameters: 3_934_464,
      contextTokens: 512,
      architecture: 'llama',
      loaded: true,
    })
    expect(row('specimen:q4_K_M')?.loaded).toBe(false)
    expect(row('specimen-native:f16')?.weightsDigest).toBe(row('specimen:f16')?.weightsDigest)
  })

  it('shows a model that cannot be looked into, and why, beside the others', async () => {
    const { engine } = await withPs('ps-empty')
    const row = (await engine.list()).find(({ ref }) => ref === 'specimen:q8_0')
    expect(row).toMatchObject({
      precision: { name: 'Q8_0', bitsPerWeight: null },
      notes: expect.arrayContaining([expect.stringContaining('looked into')]),
    })
  })

  it.each([{ size: -1 }, { size: 'big' }, { size: 1e300 }, { digest: '../..' }, { name: '' }, { name: 7 }])(
    'leaves out an entry with %j, and lists the others',
    async (odd) => {
      const [tag] = text('tags')['models'] as Record<string, unknown>[]
      const { engine } = await start((request) => {
        if (request.path === '/api/tags') return json({ models: [{ ...tag, name: 'odd:f16', ...odd }, tag] })
        return request.path === '/api/show' ? recorded('show-labelled') : recorded('ps-empty')
      })
      expect((await engine.list()).map(({ ref }) => ref)).toEqual([tag?.['name']])
    },
  )

  it('lists models also where it is told nonsense of what is in memory', async () => {
    const [tag] = text('tags')['models'] as Record<string, unknown>[]
    for (const nonsense of [{ models: [{ name: 1 }] }, { models: 'none' }]) {
      const { engine } = await start((request) => {
        if (request.path === '/api/tags') return json({ models: [tag] })
        return request.path === '/api/show' ? recorded('show-labelled') : json(nonsense)
      })
      expect((await engine.list()).map(({ loaded }) => loaded)).toEqual([false])
    }
  })

  it('does not believe a label: the tensors say F16, and a note says that the label does not', async () => {
    const labelled = { ...(text('tags')['models'] as Record<string, unknown>[])[0], name: 'specimen:e4m3-sim' }
    const { engine } = await start((request) => {
      if (request.path === '/api/tags') return json({ models: [labelled] })
      return request.path === '/api/show' ? recorded('show-labelled') : recorded('ps-empty')
    })
    const [row] = await engine.list()
    expect(row?.precision).toMatchObject({ name: 'F16', simulated: false })
    expect(row?.notes).toEqual([expect.stringContaining('E4M3-sim')])
  })

  it('takes a simulated precision from what the file says of itself', async () => {
    const show = text('show-labelled')
    const info = { ...(show['model_info'] as object), 'assay.simulated': 'FP8-E4M3' }
    const { engine } = await start((request) => {
      if (request.path === '/api/tags') return json({ models: [(text('tags')['models'] as unknown[])[0]] })
      return request.path === '/api/show' ? json({ ...show, model_info: info }) : recorded('ps-empty')
    })
    expect((await engine.list())[0]?.precision).toMatchObject({ name: 'FP8-E4M3 (simulated)', simulated: true })
  })

  it('leaves out what runs on somebody else’s machine, and refuses to use it', async () => {
    const [tag] = text('tags')['models'] as Record<string, unknown>[]
    const cloud = { ...tag, name: 'big:cloud', remote_host: 'https://ollama.com:443' }
    const { engine, server } = await start((request) =>
      request.path === '/api/tags'
        ? json({ models: [cloud] })
        : request.path === '/api/version'
          ? recorded('version')
          : recorded('ps-empty'),
    )
    expect(await engine.list()).toEqual([])
    expect((await errorOf(engine.load('big:cloud', load))).code).toBe('ENGINE_UNSUPPORTED')
    expect(server.asked()).not.toContain('POST /api/generate')
  })

  it('is empty where there is nothing, also where a null stands for it', async () => {
    const empty = await play(['tags-empty', 'ps-empty'])
    expect(await empty.engine.list()).toEqual([])
    const none = await start(() => json({ models: null }))
    expect(await none.engine.list()).toEqual([])
  })

  it('asks for the details of a digest once', async () => {
    const { engine, server } = await withPs('ps')
    await engine.list()
    const first = server.asked().filter((line) => line === 'POST /api/show').length
    await engine.list()
    expect(server.asked().filter((line) => line === 'POST /api/show').length - first).toBe(1)
  })

  it('asks once for two lists at the same time, and for each of two that can be cancelled', async () => {
    const shows = async (...signals: readonly (AbortSignal | undefined)[]) => {
      const { engine, server } = await play([
        'tags',
        'show-f16',
        'show-native',
        'show-plain',
        'show-q4_K_M',
        'ps-empty',
      ])
      await Promise.all(signals.map((signal) => engine.list(signal)))
      return server.asked().filter((line) => line === 'POST /api/show').length
    }
    const once = await shows(undefined)
    expect(await shows(undefined, undefined)).toBe(once)
    expect(await shows(new AbortController().signal, new AbortController().signal)).toBe(2 * once)
  })

  it('fails as a whole when the server goes away in between', async () => {
    const { engine } = await start((request) => {
      if (request.path === '/api/show') return { ...json({}), chunks: ['{'], end: 'break' }
      return answerFrom(['tags', 'ps-empty'])(request)
    })
    expect(['ENGINE_CRASHED', 'ENGINE_ABSENT']).toContain((await errorOf(engine.list())).code)
  })
})

describe('the details of a model', () => {
  it.each([
    ['specimen:f16', 'show-f16', 'go', 'now'],
    ['specimen-native:f16', 'show-native', 'jinja', 'now'],
    ['specimen-native:f16', 'show-native', null, '0.24'],
  ] as const)('%s has a template (%s: %s, %s)', async (ref, show, language, era) => {
    const names = era === 'now' ? ['tags', show, 'ps-empty'] : ['tags', show, 'ps']
    const { engine } = await play(names, era)
    const details = await engine.describe(ref)
    expect(details.templateLanguage).toBe(language)
    expect(details.template === null).toBe(language === null)
    expect(details.tensors).toHaveLength(39)
    expect(details.geometry).toEqual({ layers: 4, kvHeads: 4, headSize: 32, vocabulary: 1536 })
  })

  it('have the parameters that the tag carries', async () => {
    const { engine } = await play(['tags', 'show-f16', 'ps-empty'])
    const { parameters } = await engine.describe('specimen:f16')
    expect(parameters).toEqual({ num_ctx: ['512'], stop: ['<｜end▁of▁sentence｜>', '<｜User｜>', '<｜Assistant｜>'] })
  })

  it('of an unknown model are MODEL_NOT_FOUND, with how to get it', async () => {
    const { engine } = await play(['tags'])
    const error = await errorOf(engine.describe('nowhere-at-all:1b'))
    expect([error.code, error.hint]).toEqual(['MODEL_NOT_FOUND', expect.stringContaining('pull nowhere-at-all:1b')])
  })

  it('are found under the long name too', async () => {
    const { engine } = await play(['tags', 'show-f16', 'ps-empty'])
    expect((await engine.describe('registry.ollama.ai/library/specimen:f16')).variant.ref).toBe('specimen:f16')
  })
})

/** A server's memory: what is loaded, and what each request does to it. Model facts come from the recordings. */
function memoryServer(initially: readonly string[], options: { readonly keeps?: boolean } = {}) {
  const loaded = new Set(initially)
  const models = answerFrom(['tags', 'version', 'show-f16', 'show-native', 'show-plain', 'show-q4_K_M'])
  const psRow = (name: string) => {
    const tags = text('tags')['models'] as { name: string; digest: string }[]
    const { digest } = tags.find((tag) => tag.name === name) ?? { digest: 'f'.repeat(64) }
    return { name, model: name, digest, size: 16_284_383, size_vram: 0, context_length: 512 }
  }
  const answer = (request: SeenRequest): Reply | undefined => {
    const model = modelOf(request)
    if (request.path === '/api/ps') return json({ models: [...loaded].map(psRow) })
    if (request.path === '/api/generate' && request.body['keep_alive'] === 0) {
      if (options.keeps !== true) loaded.delete(model)
      return recorded('unload')
    }
    if (request.path === '/api/generate') loaded.add(model)
    if (request.path === '/api/generate') return recorded('load')
    if (request.path === '/api/chat') {
      const shared = [...loaded].some((name) => name !== model && name.startsWith('specimen') && name.endsWith('f16'))
      loaded.add(model)
      return recorded(shared ? 'native-render-after-go' : 'native-render')
    }
    return models(request)
  }
  return { answer, loaded }
}

describe('loading and unloading', () => {
  it('says what is in memory as the server reports it, and asks with the settings of the generations', async () => {
    const { engine, server } = await start(memoryServer([]).answer)
    expect(await engine.load('specimen:f16', { ...load, batchTokens: 128 })).toMatchObject({
      variant: 'ollama:specimen:f16',
      digest: 'sha256:e9215e14c164d3cccee6ea6b089e34ed2f0059d5c63ae241e2bca90b1f863a0f',
      contextTokens: 512,
      sizeBytes: 16_284_383,
      acceleratorBytes: 0,
      engineVersion: '0.32.15',
    })
    const body = server.requests.find(({ path }) => path === '/api/generate')?.body
    expect(body).toMatchObject({
      shift: false,
      truncate: false,
      options: { num_ctx: 512, num_batch: 128, num_thread: 1 },
    })
  })

  it('ends a process that another tag of the same weights started, before it loads', async () => {
    const memory = memoryServer(['specimen:f16', 'specimen:q4_K_M'])
    const { engine, server } = await start(memory.answer)
    await engine.load('specimen-native:f16', load)
    const generations = server.requests.filter(({ path }) => path === '/api/generate')
    expect(generations.map((request) => [modelOf(request), request.body['keep_alive']])).toEqual([
      ['specimen:f16', 0],
      ['specimen-native:f16', '10m'],
    ])
    expect([...memory.loaded]).toEqual(['specimen:q4_K_M', 'specimen-native:f16'])
  })

  it('unloads what is loaded, sees that it is gone, and asks nothing where it is not', async () => {
    const memory = memoryServer(['specimen:f16'])
    const { engine, server } = await start(memory.answer)
    await engine.unload('specimen:f16')
    expect([...memory.loaded]).toEqual([])
    await engine.unload('specimen:f16')
    expect(server.asked()).toEqual(['GET /api/ps', 'POST /api/generate', 'GET /api/ps', 'GET /api/ps'])
  })

  it('waits for memory that is not free yet until it is told not to', async () => {
    const { engine } = await start(memoryServer(['specimen:f16'], { keeps: true }).answer)
    expect((await errorOf(engine.unload('specimen:f16', AbortSignal.timeout(80)))).code).toBe('CANCELLED')
  })

  it('does not believe a load that leaves nothing in memory', async () => {
    const { answer } = memoryServer([])
    const { engine } = await start((request) => (request.path === '/api/ps' ? recorded('ps-empty') : answer(request)))
    expect((await errorOf(engine.load('specimen:f16', load))).code).toBe('ENGINE_FAILED')
  })

  it('does not take a process of the tag’s old self for its own', async () => {
    const { answer } = memoryServer([])
    const old = { name: 'specimen:f16', digest: 'f'.repeat(64), size: 1, size_vram: 0, context_length: 512 }
    const { engine } = await start((request) =>
      request.path === '/api/ps' ? json({ models: [old] }) : answer(request),
    )
    expect((await errorOf(engine.load('specimen:f16', load))).code).toBe('ENGINE_FAILED')
  })

  it('before a chat too ends the process that another tag started', async () => {
    const memory = memoryServer(['specimen:f16'])
    const { engine, server } = await start((request) =>
      request.path === '/api/chat' ? recorded('native-chat') : memory.answer(request),
    )
    const stream = engine.generate(chatRequest('specimen-native:f16', 'What is 247 + 653?'), never())
    expect((await outcomeOf(stream)).ended).toBe('stop')
    const asked = server.asked()
    expect(asked.indexOf('POST /api/generate')).toBeGreaterThan(0)
    expect(asked.indexOf('POST /api/generate')).toBeLessThan(asked.indexOf('POST /api/chat'))
    expect([...memory.loaded]).toEqual([])
  })

  it.each([
    ['{"error":"model requires more system memory (9 GiB) than is available (2 GiB)"}', 'OUT_OF_MEMORY'],
    ['{"error":"llama-server process has terminated: signal: killed"}', 'ENGINE_CRASHED'],
  ])('%s is %s', async (body, code) => {
    const { answer } = memoryServer([])
    const { engine } = await start((request) =>
      request.path === '/api/generate'
        ? { status: 500, contentType: 'application/json', chunks: [body], end: 'end' }
        : answer(request),
    )
    expect((await errorOf(engine.load('specimen:f16', load))).code).toBe(code)
  })
})

describe('rendering', () => {
  const message = { system: null, user: 'What is 247 + 653?' }
  const expected = '<｜User｜>What is 247 + 653?<｜Assistant｜>'

  it('is the engine’s own, without begin mark, named by its template', async () => {
    const { engine } = await play(['generate-render', 'tags', 'show-f16', 'ps-empty'])
    const { template } = text('show-f16')
    const templateHash = `sha256:${createHash('sha256').update(String(template)).digest('hex')}`
    expect(await engine.render('specimen:f16', message, load)).toEqual({ text: expected, by: 'engine', templateHash })
  })

  it('in ChatML, because a process is shared, is noticed and asked again from a new process', async () => {
    const memory = memoryServer(['specimen:f16'])
    // ps hides the sharer, as it does when the process was taken over: only the text shows it.
    let asked = 0
    const { engine, server } = await start((request) => {
      if (request.path !== '/api/chat') return memory.answer(request)
      asked += 1
      return recorded(asked === 1 ? 'native-render-after-go' : 'native-render')
    })
    expect(await engine.render('specimen-native:f16', message, load)).toMatchObject({ text: expected, by: 'engine' })
    expect(server.asked().filter((line) => line === 'POST /api/chat')).toHaveLength(2)
  })

  it('unloads the sharer first where ps shows it, and is right at once', async () => {
    const { engine, server } = await start(memoryServer(['specimen:f16']).answer)
    expect(await engine.render('specimen-native:f16', message, load)).toMatchObject({ text: expected, by: 'engine' })
    expect(server.asked().filter((line) => line === 'POST /api/chat')).toHaveLength(1)
  })

  it('that stays wrong is done with the family’s own template', async () => {
    const memory = memoryServer([])
    const { engine } = await start((request) =>
      request.path === '/api/chat' ? recorded('native-render-after-go') : memory.answer(request),
    )
    const rendered = await engine.render('specimen-native:f16', { system: 'Be brief.', user: 'Hi' }, load)
    expect(rendered).toMatchObject({ text: 'Be brief.<｜User｜>Hi<｜Assistant｜>', by: 'family' })
  })

  it('of an older server without a template is done with the family’s own', async () => {
    const { engine } = await start((request) => {
      if (request.path === '/api/chat')
        return json({ message: { role: '', content: '' }, done: false, _debug_info: { rendered_template: 'Hi' } })
      return request.path === '/api/ps' ? json({ models: [] }) : answerFrom(['tags', 'show-native'], '0.24')(request)
    })
    const rendered = await engine.render('specimen-native:f16', { system: null, user: 'Hi' }, load)
    expect(rendered).toMatchObject({ text: '<｜User｜>Hi<｜Assistant｜>', by: 'family' })
  })

  it('that the server does not know is not taken for an answer', async () => {
    const { engine, server } = await start((request) =>
      request.path === '/api/chat' ? recorded('chat-whole') : answerFrom(['tags', 'show-f16', 'ps-empty'])(request),
    )
    expect(await engine.render('specimen:f16', message, load)).toMatchObject({ text: expected, by: 'family' })
    expect(server.requests.find(({ path }) => path === '/api/chat')?.body).toMatchObject({
      options: { num_predict: 1 },
    })
  })

  it('of an unknown family that nobody can do fails with what to do', async () => {
    const show = text('show-plain')
    const info = { ...(show['model_info'] as object), 'tokenizer.ggml.pre': 'other' }
    const { engine } = await start((request) => {
      if (request.path === '/api/chat') return recorded('chat-whole')
      if (request.path === '/api/show') return json({ ...show, template: '{{ .Prompt }}', model_info: info })
      return answerFrom(['tags', 'ps-empty'])(request)
    })
    const error = await errorOf(engine.render('specimen:f16', message, load))
    expect([error.code, error.hint]).toEqual(['ENGINE_UNSUPPORTED', expect.stringContaining('Update')])
  })
})

describe('pulling', () => {
  const name = 'http://127.0.0.1:11600/library/specimen:f16'

  it('tells bytes that never fall, and ends when the server says so', async () => {
    const { engine, server } = await start(() => recorded('pull-resumed'))
    const told = await all(manager(engine).pull(name, never()))
    const done = told.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(told[1]).toMatchObject({ doneBytes: 3_276_800, totalBytes: 7_927_040 })
    expect(told.at(-1)).toMatchObject({ step: 'success', doneBytes: 7_927_040, totalBytes: 7_927_040 })
    expect(server.requests[0]?.body).toMatchObject({ name, insecure: true, stream: true })
  })

  it('asks for no insecure way by itself', async () => {
    const { engine, server } = await start(() => recorded('pull-again'))
    await all(manager(engine).pull('specimen:f16', never()))
    expect(server.requests[0]?.body['insecure']).toBe(false)
  })

  it('cancelled closes the connection, which is how Ollama is told to stop', async () => {
    const { engine, server } = await start(() => ({ ...recorded('pull-cancelled'), end: 'stay-open' }))
    const stop = new AbortController()
    const error = await errorOf(
      (async () => {
        for await (const { doneBytes } of manager(engine).pull(name, stop.signal)) if (doneBytes > 0) stop.abort()
      })(),
    )
    expect(error.code).toBe('CANCELLED')
    await server.clientGone
  })

  it.each([
    ['pull-missing', 'MODEL_NOT_FOUND'],
    ['pull-unreachable', 'ENGINE_FAILED'],
    ['pull-cancelled', 'STREAM_CUT'],
  ])('%s is %s', async (recording, code) => {
    const { engine } = await start(() => recorded(recording))
    const error = await errorOf(all(manager(engine).pull(name, never())))
    expect(error.code).toBe(code)
    expect(error.hint).not.toBeNull()
  })

  it('onto a full disk says so', async () => {
    const { engine } = await start(() =>
      ndjson({ status: 'pulling manifest' }, { error: 'write /m: no space left on device' }),
    )
    expect((await errorOf(all(manager(engine).pull('a:b', never())))).code).toBe('DISK_FULL')
  })
})

describe('creating', () => {
  const content = 'GGUF, or so the test says'
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`
  const request = (file: string, changes: Partial<CreateRequest> = {}): CreateRequest => ({
    name: 'new:fp8',
    file,
    template: '{{ .Prompt }}',
    system: null,
    parameters: { stop: ['<｜User｜>'], num_ctx: ['512'], temperature: ['0.6'] },
    precisionLabel: 'FP8-E4M3 (simulated)',
    ...changes,
  })
  const blobServer = (head: number, options: { readonly upload?: Reply; readonly create?: Reply } = {}) =>
    start((seen) => {
      if (seen.method === 'HEAD') return { status: head, contentType: null, chunks: [], end: 'end' }
      if (seen.path.startsWith('/api/blobs/'))
        return options.upload ?? { status: 201, contentType: null, chunks: [], end: 'end' }
      if (seen.path === '/api/ps') return recorded('ps-empty')
      return seen.path === '/api/create' ? (options.create ?? recorded('create-f16')) : undefined
    })

  it('looks whether the server has the file, uploads it where not, then registers it', async () => {
    const { engine, server } = await blobServer(404)
    const told = await all(manager(engine).create(request(await fileWith(content)), never()))
    expect(server.asked()).toEqual([
      `HEAD /api/blobs/${digest}`,
      `POST /api/blobs/${digest}`,
      'GET /api/ps',
      'POST /api/create',
    ])
    expect(server.requests[1]).toMatchObject({ bodyBytes: content.length })
    expect(server.requests[3]?.body).toEqual({
      model: 'new:fp8',
      files: { 'model.gguf': digest },
      template: '{{ .Prompt }}',
      parameters: { stop: ['<｜User｜>'], num_ctx: 512, temperature: 0.6 },
      info: { quantization_level: 'FP8-E4M3 (simulated)' },
      stream: true,
    })
    const done = told.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(told.at(-1)).toEqual({ step: 'success', doneBytes: 2 * content.length, totalBytes: 2 * content.length })
  })

  it('uploads nothing that the server has', async () => {
    const { engine, server } = await blobServer(200)
    await all(
      manager(engine).create(
        request(await fileWith(content), { template: null, parameters: {}, precisionLabel: null }),
        never(),
      ),
    )
    expect(server.asked()).not.toContain(`POST /api/blobs/${digest}`)
    expect(server.requests.at(-1)?.body).toEqual({ model: 'new:fp8', files: { 'model.gguf': digest }, stream: true })
  })

  it('checks the file before a byte of it leaves: older servers die of a corrupt header', async () => {
    const { server } = await blobServer(404)
    const engine = createOllamaEngine({
      endpoint: endpointId('ollama'),
      url: server.url,
      checkFile: async (file) => {
        throw new LabError('GGUF_INVALID', `${file} is cut.`)
      },
    })
    opened.push(engine)
    expect((await errorOf(all(manager(engine).create(request(await fileWith(content)), never())))).code).toBe(
      'GGUF_INVALID',
    )
    expect(server.asked()).toEqual([])
  })

  it.each([
    ['a mismatch of the digest', { upload: recorded('blob-mismatch') }, 'GGUF_INVALID'],
    ['a corrupt file', { create: recorded('create-corrupt') }, 'GGUF_INVALID'],
    ['a file cut in half', { create: recorded('create-truncated') }, 'GGUF_INVALID'],
    ['a template that does not parse', { create: recorded('create-bad-template') }, 'BAD_REQUEST'],
  ] as const)('%s is said by the server too', async (_, replies, code) => {
    const { engine } = await blobServer(404, replies)
    expect((await errorOf(all(manager(engine).create(request(await fileWith(content)), never())))).code).toBe(code)
  })

  it('refuses a Jinja template, which only a file can carry', async () => {
    const { engine, server } = await blobServer(404)
    const jinja = request(await fileWith(content), { template: '{% for m in messages %}{{ m }}{% endfor %}' })
    expect((await errorOf(all(manager(engine).create(jinja, never())))).code).toBe('BAD_REQUEST')
    expect(server.asked()).toEqual([])
  })

  it('says so where the file cannot be read', async () => {
    const { engine, server } = await blobServer(404)
    const folder = await mkdtemp(join(tmpdir(), 'assay-ollama-'))
    folders.push(folder)
    expect((await errorOf(all(manager(engine).create(request(folder), never())))).code).toBe('GGUF_INVALID')
    expect(server.asked()).toEqual([])
  })

  it('cancelled before the upload uploads nothing', async () => {
    const { engine, server } = await blobServer(404)
    const creating = manager(engine).create(request(await fileWith(content)), AbortSignal.abort())
    expect((await errorOf(all(creating))).code).toBe('CANCELLED')
    expect(server.asked()).toEqual([])
  })

  it('says so where the file is not there', async () => {
    const { engine } = await blobServer(404)
    expect((await errorOf(all(manager(engine).create(request('/nowhere/a.gguf'), never())))).code).toBe(
      'MODEL_NOT_FOUND',
    )
  })
})

describe('quantizing on the server', () => {
  it.each([
    ['q8_0', 'create-q8_0', 'now'],
    ['Q4_K_M', 'create-q4_K_M', 'now'],
    ['Q8_0', 'create-q8_0', '0.24'],
  ] as const)('to %s tells what it does (%s, %s)', async (type, recording, era) => {
    const { engine, server } = await start((request) => {
      if (request.path === '/api/create') return recorded(recording, era)
      return answerFrom(['tags', 'show-f16', 'ps-empty'])(request)
    })
    const told = await all(manager(engine).quantize('specimen:f16', 'specimen:new', type, never()))
    const done = told.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(told.at(-1)?.step).toBe('success')
    expect(server.requests.at(-1)?.body).toMatchObject({
      from: 'specimen:f16',
      model: 'specimen:new',
      quantize: type.toUpperCase(),
    })
  })

  it.each(['fp8', 'Q2_K', 'Q6_K', ''])('to %j, which no server makes, is refused without asking', async (type) => {
    const { engine, server } = await start(() => undefined)
    expect((await errorOf(all(manager(engine).quantize('a:b', 'c:d', type, never())))).code).toBe('ENGINE_UNSUPPORTED')
    expect(server.asked()).toEqual([])
  })

  it('from a model that is not there does not make the server ask its registry', async () => {
    const { engine, server } = await play(['tags'])
    const error = await errorOf(all(manager(engine).quantize('nowhere-at-all:1b', 'c:d', 'Q8_0', never())))
    expect(error.code).toBe('MODEL_NOT_FOUND')
    expect(server.asked()).toEqual(['GET /api/tags'])
  })

  it.each(['create-requantize', 'create-q2_K-unsupported', 'create-fp8-unsupported'])(
    '%s is ENGINE_UNSUPPORTED',
    async (recording) => {
      const { engine } = await start((request) =>
        request.path === '/api/create' ? recorded(recording) : answerFrom(['tags', 'show-f16', 'ps-empty'])(request),
      )
      expect((await errorOf(all(manager(engine).quantize('specimen:f16', 'c:d', 'Q8_0', never())))).code).toBe(
        'ENGINE_UNSUPPORTED',
      )
    },
  )
})

describe('deleting, copying and finding the file', () => {
  it('deletes what is loaded only after unloading it', async () => {
    const memory = memoryServer(['specimen:f16'])
    const { engine, server } = await start((request) =>
      request.method === 'DELETE' ? recorded('delete') : memory.answer(request),
    )
    await manager(engine).delete('specimen:f16')
    expect(server.asked().slice(-1)).toEqual(['DELETE /api/delete'])
    expect([...memory.loaded]).toEqual([])
  })

  it.each([
    ['delete-missing', (engine: Engine) => manager(engine).delete('specimen-copy:f16')],
    ['copy-missing', (engine: Engine) => manager(engine).copy('nowhere-at-all:1b', 'x:y')],
  ])('%s is MODEL_NOT_FOUND', async (recording, action) => {
    const { engine } = await start((request) =>
      request.path === '/api/ps' ? recorded('ps-empty') : recorded(recording),
    )
    expect((await errorOf(action(engine))).code).toBe('MODEL_NOT_FOUND')
  })

  it('copies', async () => {
    const { engine, server } = await start(() => recorded('copy'))
    await manager(engine).copy('specimen:f16', 'specimen-copy:f16')
    expect(server.requests[0]?.body).toEqual({ source: 'specimen:f16', destination: 'specimen-copy:f16' })
  })

  it('finds the weights where the blob is on this machine, and only there', async () => {
    const elsewhere = await play(['tags', 'show-f16'])
    expect(await manager(elsewhere.engine).weightsFile('specimen:f16')).toBeNull()
    const folder = await mkdtemp(join(tmpdir(), 'assay-ollama-'))
    folders.push(folder)
    const blob = join(folder, `sha256-${'0'.repeat(64)}`)
    await writeFile(blob, 'GGUF')
    const here = await start((request) =>
      request.path === '/api/show'
        ? json({ ...text('show-f16'), modelfile: `# a\nFROM ${blob}\n` })
        : answerFrom(['tags'])(request),
    )
    expect(await manager(here.engine).weightsFile('specimen:f16')).toBe(blob)
  })
})
