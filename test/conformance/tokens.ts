import { expect } from 'vitest'
import { never, raw, type Check, type Session } from './session.ts'

export function describeTokens({ options, engine, features, run }: Session, check: Check): void {
  check('tokens', 'accounts for every token: counts, ids and log-probabilities', async () => {
    const plain = await run()
    expect(plain.texts.every(({ tokens }) => tokens.every(({ alternatives }) => alternatives.length === 0))).toBe(true)
    if (features().maxAlternatives === null) return
    const { texts, end, text } = await run({ alternatives: 0 })
    expect(text).toBe(plain.text)
    const records = texts.flatMap(({ tokens }) => tokens)
    expect(texts.every(({ tokens, tokenCount }) => tokens.length <= tokenCount && tokenCount >= 1)).toBe(true)
    if (end.outputTokens !== null) {
      const counted = texts.reduce((sum, { tokenCount }) => sum + tokenCount, 0)
      // The token that ended it is counted and has no text.
      expect([counted, counted + 1]).toContain(end.outputTokens)
    }
    expect(records.length).toBeGreaterThan(0)
    for (const record of records) {
      expect(record.logprob ?? 0).toBeLessThanOrEqual(0)
      expect(record.id !== null).toBe(features().tokenIds)
      expect(record.alternatives).toEqual([])
    }
    expect(records.some(({ logprob }) => logprob !== null)).toBe(true)
  })

  check('alternatives', 'gives as many alternatives as asked, most likely first, greedy its first one', async () => {
    const most = features().maxAlternatives
    if (most === null || most === 0) return
    const wanted = Math.min(5, most)
    const records = (await run({ alternatives: wanted })).texts.flatMap(({ tokens }) => tokens)
    expect(records.length).toBeGreaterThan(0)
    for (const { alternatives, logprob, text } of records) {
      expect(alternatives).toHaveLength(wanted)
      const logprobs = alternatives.map((one) => one.logprob ?? Number.NEGATIVE_INFINITY)
      expect(logprobs).toEqual(logprobs.toSorted((a, b) => b - a))
      expect(alternatives[0]?.text).toBe(text)
      expect(logprobs[0]).toBeCloseTo(logprob ?? Number.NaN, 5)
      expect(logprobs.reduce((sum, value) => sum + Math.exp(value), 0)).toBeLessThanOrEqual(1.0001)
    }
  })

  check('concurrency', 'serves as many generations at once as it says, each as if it were alone', async () => {
    const alone = [await run(), await run(raw(options.otherPrompt))]
    const lanes = Math.max(2, Math.min(4, features().concurrency))
    const together = await Promise.all(
      Array.from({ length: lanes }, (_, lane) => run(lane % 2 === 0 ? {} : raw(options.otherPrompt))),
    )
    expect(together.map(({ text }) => text)).toEqual(together.map((_, lane) => alone[lane % 2]?.text))
  })

  check('count-tokens', 'counts the tokens of a text, special tokens as one', async () => {
    const count = engine().countTokens?.bind(engine())
    if (count === undefined) return
    expect(await count(options.ref, '', options.load)).toBe(0)
    const plain = await count(options.ref, options.user, options.load)
    expect(plain).toBeGreaterThan(0)
    const { end } = await run({ ...raw(options.prompt), maxTokens: 1 })
    const prompt = await count(options.ref, options.prompt, options.load)
    if (end.promptTokens !== null) expect([prompt, prompt + 1]).toContain(end.promptTokens)
  })

  check('score', 'scores a continuation: one position a token, the greedy text the likeliest', async () => {
    expect(engine().score !== undefined).toBe(features().score)
    const score = engine().score?.bind(engine())
    if (score === undefined) return
    const continuation = (await run()).text
    const base = { ref: options.ref, load: options.load, prompt: options.prompt, continuation }
    const positions = []
    for await (const position of score({ ...base, distribution: true }, never())) positions.push(position)
    expect(positions.length).toBe(await engine().countTokens?.(options.ref, continuation, options.load))
    for (const { token, logprob, topLogprob, topToken, entropy, logprobs } of positions) {
      expect(topToken).toBe(token)
      expect(logprob).toBe(topLogprob)
      expect(entropy).toBeGreaterThanOrEqual(0)
      expect(logprobs?.[token]).toBeCloseTo(logprob, 5)
      expect(logprobs?.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 4)
    }
  })
}
