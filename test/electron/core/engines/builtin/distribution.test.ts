import { describe, expect, it } from 'vitest'
import { leastLogprob, readChoice, scorePosition } from '#core/engines/builtin/distribution.ts'

const half = new Map([
  [7, 0.5],
  [3, 0.25],
  [0, 0.25],
])

describe('a distribution', () => {
  it('scores a token by hand: ln 1/4, entropy 1.5 bits', () => {
    const { logprob, entropy, topToken, topLogprob } = scorePosition(half, 3, false)
    expect(logprob).toBeCloseTo(Math.log(0.25), 12)
    expect(entropy).toBeCloseTo(1.5 * Math.log(2), 12)
    expect([topToken, topLogprob]).toEqual([7, Math.log(0.5)])
  })

  it('gives every entry its logarithm, at its own place', () => {
    const whole = new Map([
      [2, 0.5],
      [0, 0.25],
      [1, 0.25],
    ])
    expect([...(scorePosition(whole, 0, true).logprobs ?? [])]).toEqual(
      [0.25, 0.25, 0.5].map((p) => Math.fround(Math.log(p))),
    )
  })

  it('puts right a softmax whose 32-bit sum lost its tail', () => {
    // 100 000 entries of 1e-8 beside one of 1: added one by one in 32 bits they vanish, in truth they are a thousandth.
    const entries: [number, number][] = [[0, 1]]
    for (let id = 1; id <= 100_000; id++) entries.push([id, Math.fround(1e-8)])
    const { logprob, logprobs } = scorePosition(new Map(entries), 0, true)
    expect(logprob).toBeCloseTo(-Math.log(1.001), 9)
    expect(logprobs?.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 5)
  })

  it('keeps a probability that 32 bits cannot hold finite in scores and null in records', () => {
    const certain = new Map([
      [0, 1],
      [1, 0],
    ])
    expect(scorePosition(certain, 1, false).logprob).toBe(leastLogprob)
    expect(scorePosition(certain, 1, false).entropy).toBe(0)
    expect(readChoice(certain, 1, 2, String)).toEqual({
      logprob: null,
      alternatives: [
        { text: '0', logprob: 0, id: 0 },
        { text: '1', logprob: null, id: 1 },
      ],
    })
  })

  it('lists the likeliest alternatives, whether or not the choice is among them', () => {
    const { logprob, alternatives } = readChoice(half, 0, 1, (id) => `t${id}`)
    expect(logprob).toBeCloseTo(Math.log(0.25), 12)
    expect(alternatives).toEqual([{ text: 't7', logprob: Math.log(0.5), id: 7 }])
  })
})
