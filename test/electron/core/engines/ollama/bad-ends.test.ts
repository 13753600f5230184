import { describe, expect, it } from 'vitest'
import { generate, playVersioned, promptOf, replying } from './generations.ts'
import { question, rawRequest } from './playback-engine.ts'
import { ndjson, recorded } from './playback-server.ts'

describe('a stream that ends badly', () => {
  it('for repetition ends as repetition, its text kept', async () => {
    const { engine } = await playVersioned(['repeat-abort'])
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
    const { engine } = await playVersioned(['repeat-abort-2'])
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
    const { engine } = await playVersioned(['runner-killed'])
    const { ended, text } = await generate(engine, rawRequest(promptOf('runner-killed')))
    expect(ended).toBe('ENGINE_CRASHED')
    expect(text).toMatch(/^<think>\nThe user asks about the Hong Kong protests of 2019. In 2019 h$/)
    const again = await playVersioned(['after-runner-killed'])
    expect((await generate(again.engine, rawRequest(promptOf('after-runner-killed')))).ended).toBe('stop')
  })

  it('because the whole server died is cut, and nothing that arrived is lost', async () => {
    const { engine } = await playVersioned(['server-killed'])
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
