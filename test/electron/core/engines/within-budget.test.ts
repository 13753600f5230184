import { describe, expect, it } from 'vitest'
import { withinBudget } from '#core/engines/within-budget.ts'
import type { EngineEvent } from '#shared/domain/engine.ts'
import { engineAt, outcomeOf, question, rawRequest } from './ollama/playback-engine.ts'
import { json, startPlayback } from './ollama/playback-server.ts'

const timings = { firstTokenMs: 1, promptMs: 1, generateMs: 1, totalMs: 1 }
const text = (words: string, tokenCount = 1): EngineEvent => ({
  kind: 'text',
  text: words,
  thinking: null,
  tokenCount,
  tokens: [],
  atMs: 1,
})
const end: EngineEvent = { kind: 'end', reason: 'length', promptTokens: 1, outputTokens: 10, timings }

async function* replay(events: Iterable<EngineEvent>): AsyncGenerator<EngineEvent> {
  yield* events
}
function* endless(event: EngineEvent): Generator<EngineEvent> {
  for (;;) yield event
}

describe('a token budget', () => {
  it('that is kept, or passed by a few, changes nothing', async () => {
    for (const tokens of [10, 20]) {
      const events = [...Array.from({ length: tokens }, () => text('a')), end]
      const outcome = await outcomeOf(withinBudget(replay(events), 10))
      expect(outcome.events).toEqual(events)
    }
  })

  it.each([
    ['pieces', text('a'), 'a'.repeat(27)],
    ['tokens of fewer pieces', text('ab', 9), 'ab'.repeat(3)],
    ['text that no budget of tokens could hold', text('x'.repeat(5000)), 'x'.repeat(10_000)],
  ] as const)('that is ignored by %s cuts the text and keeps it', async (_, event, kept) => {
    const outcome = await outcomeOf(withinBudget(replay(endless(event)), 9))
    expect(outcome.ended).toBe('BUDGET_IGNORED')
    expect(outcome.error?.hint).toContain('kept')
    expect(outcome.text).toBe(kept)
  })

  it('that a server ignores ends with its connection', async () => {
    const line = `${JSON.stringify({ response: 'a ', done: false })}\n`
    const server = await startPlayback((request) =>
      request.path === '/api/version'
        ? json({ version: '0.32.15' })
        : { status: 200, contentType: 'application/x-ndjson', chunks: [line.repeat(60)], end: 'stay-open' },
    )
    const engine = engineAt(server.url)
    const request = rawRequest(question, { maxTokens: 8 })
    const generation = engine.generate(request, new AbortController().signal)
    expect((await outcomeOf(withinBudget(generation, request.maxTokens))).ended).toBe('BUDGET_IGNORED')
    await server.clientGone
    await engine.close()
    await server.close()
  })
})
