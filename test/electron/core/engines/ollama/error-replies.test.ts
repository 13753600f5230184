import { describe, expect, it } from 'vitest'
import { generate, replying } from './generations.ts'
import { closeAtEnd } from './open-engine.ts'
import { engineAt, question, rawRequest } from './playback-engine.ts'
import { json, recorded, startPlayback, type Reply } from './playback-server.ts'

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
    closeAtEnd(engine, here, elsewhere)
    expect((await generate(engine, rawRequest(question))).ended).toBe('ENGINE_FAILED')
    expect(elsewhere.asked()).toEqual([])
  })
})
