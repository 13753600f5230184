import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TokenRecord } from '#shared/domain/trace.ts'
import { candidates, firstDivergence, marginOver } from '#shared/thinking/first-divergence.ts'
import { placeTokens } from '#shared/thinking/place-tokens.ts'
import { heatStep, tokenEntropyBits } from '#shared/thinking/token-heat.ts'

const token = (text: string, p = 1, alternatives: readonly (readonly [string, number])[] = []): TokenRecord => ({
  text,
  logprob: Math.log(p),
  id: null,
  alternatives: alternatives.map(([other, share]) => ({ text: other, logprob: Math.log(share), id: null })),
})
const tokens = (...texts: readonly string[]) => texts.map((text) => token(text))

describe('placeTokens', () => {
  it('puts whole tokens one after the other', () => {
    const texts = fc.array(fc.string({ minLength: 1 }).filter((text) => !text.includes('\u{fffd}')))
    fc.assert(
      fc.property(texts, (parts) => {
        const raw = parts.join('')
        const places = placeTokens(raw, tokens(...parts))
        expect(places.map(({ start, end }) => raw.slice(start, end))).toEqual(parts)
      }),
    )
  })

  it('gives tokens that hold the bytes of one character the same place', () => {
    const raw = '问日本的'
    const places = placeTokens(raw, tokens('问', '\u{fffd}', '\u{fffd}', '\u{fffd}', '\u{fffd}', '的'))
    expect(places).toEqual([
      { start: 0, end: 1, first: 0, last: 0 },
      { start: 1, end: 3, first: 1, last: 4 },
      { start: 3, end: 4, first: 5, last: 5 },
    ])
  })

  it('finds its way past tags that the engine left out', () => {
    const raw = '<think>\nSo.\n</think>\n\nYes'
    const found = placeTokens(raw, tokens('So', '.', 'Yes'))
    expect(found.map(({ start, end }) => raw.slice(start, end))).toEqual(['So', '.', 'Yes'])
  })

  it('never overlaps and never leaves the text, whatever the tokens are', () => {
    const piece = fc.constantFrom('a', 'b', '\u{fffd}', 'ab', '', '问')
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece), (text, parts) => {
        const raw = text.join('')
        let at = 0
        for (const { start, end } of placeTokens(raw, tokens(...parts))) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          at = end
        }
        expect(at).toBeLessThanOrEqual(raw.length)
      }),
    )
  })
})

describe('tokenEntropyBits', () => {
  it.each([
    [[['a', 0.25] as const, ['b', 0.25] as const, ['c', 0.25] as const, ['d', 0.25] as const], 2],
    [[['a', 0.5] as const, ['b', 0.5] as const], 1],
    // What is not listed counts as one outcome: H(0.5, 0.25, 0.25) = 1.5.
    [[['a', 0.5] as const, ['b', 0.25] as const], 1.5],
    [[['a', 1] as const], 0],
  ])('of %j is %d', (alternatives, bits) => {
    const [first] = alternatives
    expect(tokenEntropyBits(token('a', first?.[1], alternatives))).toBeCloseTo(bits, 10)
  })

  it('is not known without alternatives', () => {
    expect(tokenEntropyBits(token('a', 0.5))).toBeNull()
    expect(heatStep(token('a', 0.5), 'entropy')).toBeNull()
  })
})

describe('heatStep', () => {
  it.each([
    [1, 0],
    [0.96, 0],
    [0.9, 1],
    [0.7, 2],
    [0.5, 3],
    [0.3, 4],
    [0.1, 5],
  ])('of probability %d is %d', (p, step) => {
    expect(heatStep(token('a', p), 'probability')).toBe(step)
  })
})

describe('firstDivergence', () => {
  it('is the first token that differs', () => {
    const left = { raw: 'so 270 km', tokens: tokens('so', ' 270', ' km') }
    const right = { raw: 'so 310 km', tokens: tokens('so', ' 310', ' km') }
    expect(firstDivergence(left, right)).toEqual({ left: { start: 2, end: 6 }, right: { start: 2, end: 6 }, token: 1 })
  })

  it('is the end of the shorter where one is the beginning of the other', () => {
    const found = firstDivergence({ raw: 'so', tokens: tokens('so') }, { raw: 'so on', tokens: tokens('so', ' on') })
    expect(found).toEqual({ left: { start: 2, end: 2 }, right: { start: 2, end: 5 }, token: 1 })
  })

  it('is a word where tokens are not stored for both', () => {
    const [left, right] = ['so 270 km', 'so 2710 km']
    const found = firstDivergence({ raw: left, tokens: null }, { raw: right, tokens: tokens('so 2710 km') })
    expect(found?.token).toBeNull()
    expect(left.slice(found?.left.start, found?.left.end)).toBe('270')
    expect(right.slice(found?.right.start, found?.right.end)).toBe('2710')
  })

  it('keeps characters beyond the first plane whole', () => {
    const found = firstDivergence({ raw: 'a😀', tokens: null }, { raw: 'a😁', tokens: null })
    expect(found).toMatchObject({ left: { start: 1, end: 3 }, right: { start: 1, end: 3 } })
  })

  it('is null for equal texts', () => {
    expect(firstDivergence({ raw: 'so', tokens: null }, { raw: 'so', tokens: null })).toBeNull()
  })

  it('has equal text before it and different text in it', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ' ', '数', '😀')).map((parts) => parts.join(''))
    const different = fc.tuple(text, text).filter(([left, right]) => left !== right)
    fc.assert(
      fc.property(different, ([left, right]) => {
        const found = firstDivergence({ raw: left, tokens: null }, { raw: right, tokens: null })
        expect(left.slice(0, found?.left.start)).toBe(right.slice(0, found?.right.start))
        expect(left.slice(0, found?.left.end)).not.toBe(right.slice(0, found?.right.end))
      }),
    )
  })
})

describe('marginOver', () => {
  const own = token(' 270', 0.714, [
    [' 270', 0.714],
    [' 310', 0.229],
  ])

  it('is the difference of the two candidates', () => {
    expect(marginOver(own, token(' 310'))).toBeCloseTo(0.485, 10)
  })

  it('is not known where the other token is not among the alternatives', () => {
    expect(marginOver(own, token(' 99'))).toBeNull()
  })

  it('lists the written token although sampling took one that is not among the likeliest', () => {
    const sampled = token('x', 0.01, [['a', 0.9]])
    expect(candidates(sampled).map(({ text, chosen }) => [text, chosen])).toEqual([
      ['a', false],
      ['x', true],
    ])
  })
})
