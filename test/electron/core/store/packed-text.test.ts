import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packText, unpackText } from '#core/store/packed-text.ts'

describe('a packed text', () => {
  it('comes back unit for unit, halves of pairs and NUL included', () => {
    const units = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 })
      .map((codes) => String.fromCharCode(...codes))
    fc.assert(
      fc.property(fc.oneof(units, fc.string({ unit: 'grapheme', maxLength: 300 })), (text) => {
        expect(unpackText(packText(text))).toBe(text)
      }),
    )
  })

  it('takes less than a byte a character where it is long', () => {
    expect(packText('so the answer must be four, and '.repeat(100)).length).toBeLessThan(3200 / 10)
  })

  it('is a byte longer than its UTF-8 at most', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(packText(text).length).toBeLessThanOrEqual(Buffer.byteLength(text) + 1)
      }),
    )
  })

  it('is refused when empty or of another form', () => {
    expect(() => unpackText(new Uint8Array())).toThrow(RangeError)
    expect(() => unpackText(Uint8Array.of(64, 65))).toThrow(RangeError)
  })
})
