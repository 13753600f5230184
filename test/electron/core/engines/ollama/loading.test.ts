import { describe, expect, it } from 'vitest'
import { memoryServer, modelOf } from './memory-server.ts'
import { start } from './open-engine.ts'
import { chatRequest, errorOf, load, never, outcomeOf } from './playback-engine.ts'
import { json, recorded } from './playback-server.ts'

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
