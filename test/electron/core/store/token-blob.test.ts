import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TokenRecord } from '#shared/domain/trace.ts'
import { decodeTokens, encodeTokens } from '#core/store/token-blob.ts'

const logprob = fc.option(fc.float({ noNaN: true, max: 0 }))
const id = fc.option(fc.integer({ min: 0, max: 2 ** 32 }))
// Units of UTF-16 on purpose: an engine that cuts a character hands over half of a pair.
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', 'the', ' the', '天', '\ud83d', '\0'),
)
const alternative = fc.record({ text, logprob, id })
const tokens = fc.array(fc.record({ text, logprob, id, alternatives: fc.array(alternative, { maxLength: 5 }) }), {
  maxLength: 30,
})

describe('tokens as a blob', () => {
  it('come back as they were: ids, absent ids, null log-probabilities, alternatives, any text', () => {
    fc.assert(
      fc.property(tokens, (list) => {
        expect(decodeTokens(encodeTokens(list))).toEqual(list)
      }),
    )
  })

  it('tell a probability of one from an unknown one', () => {
    const list: TokenRecord[] = [
      { text: 'a', logprob: 0, id: 0, alternatives: [] },
      { text: 'a', logprob: null, id: null, alternatives: [{ text: 'b', logprob: null, id: null }] },
    ]
    expect(decodeTokens(encodeTokens(list))).toEqual(list)
  })

  it('keep a log-probability to the seven digits that engines compute it in', () => {
    const [token] = decodeTokens(encodeTokens([{ text: 'a', logprob: -1.234_567_890_123, id: null, alternatives: [] }]))
    expect(token?.logprob).toBe(Math.fround(-1.234_567_890_123))
  })

  it('are small: 800 tokens with 5 alternatives take less than 40 bytes a token', () => {
    const list = Array.from({ length: 800 }, (_, index): TokenRecord => {
      const entry = (place: number) => ({
        text: ` word${(index * 31 + place * 7) % 400}`,
        logprob: -((index * 17 + place * 1013) % 997) / 100,
        id: (index * 31 + place * 7) % 400,
      })
      return { ...entry(0), alternatives: [1, 2, 3, 4, 5].map(entry) }
    })
    expect(encodeTokens(list).length).toBeLessThan(800 * 40)
  })

  it('are refused when cut anywhere, damaged or of another version, and never read as others', () => {
    const list: TokenRecord[] = [{ text: 'abc', logprob: -1, id: 5, alternatives: [{ text: 'd', logprob: -2, id: 6 }] }]
    const blob = encodeTokens(list)
    for (let length = 0; length < blob.length; length += 1) {
      expect(() => decodeTokens(blob.subarray(0, length))).toThrow(/unexpected end|cut short|unknown version/)
    }
    expect(() => decodeTokens(Uint8Array.of(2, ...blob.subarray(1)))).toThrow(/version/)
  })

  it('end in an error or in tokens, whatever bytes they are', () => {
    const outcome = (bytes: Uint8Array): unknown => {
      try {
        return decodeTokens(Uint8Array.of(1, ...deflateRawSync(bytes)))
      } catch (error) {
        return error
      }
    }
    const isSound = (found: unknown) => found instanceof RangeError || Array.isArray(found)
    const property = fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => isSound(outcome(bytes)))
    expect(fc.check(property, { numRuns: 500 }).counterexample).toBeNull()
  })

  it.each([-1, 1.5, Number.NaN])('refuse %d as an id', (wrong) => {
    expect(() => encodeTokens([{ text: 'a', logprob: 0, id: wrong, alternatives: [] }])).toThrow(RangeError)
  })
})
