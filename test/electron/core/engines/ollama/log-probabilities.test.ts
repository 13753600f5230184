import { describe, expect, it } from 'vitest'
import type { GenerateRequest } from '#shared/domain/engine.ts'
import { generate, playVersioned, replying, startVersioned } from './generations.ts'
import { chatRequest, question, rawRequest } from './playback-engine.ts'
import { ndjson, recorded, type Era } from './playback-server.ts'

describe('log-probabilities', () => {
  /** Entries and eval_count of the reply, chat or not; the difference is what the server lost. */
  const count = async (name: string, request: GenerateRequest, era?: Era) => {
    const models = era === '0.24' ? [] : ['tags', 'show-f16', 'show-native', 'ps-empty']
    const { engine } = await playVersioned([name, ...models], era)
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
    const old = await startVersioned(() => undefined, '0.12.8')
    expect((await generate(old.engine, rawRequest(question, { alternatives: 0 }))).ended).toBe('ENGINE_UNSUPPORTED')
    const now = await startVersioned(() => undefined)
    expect((await generate(now.engine, rawRequest(question, { alternatives: 21 }))).ended).toBe('ENGINE_UNSUPPORTED')
    expect(now.server.asked()).toEqual(['GET /api/version'])
  })
})
