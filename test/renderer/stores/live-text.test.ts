import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendText, noText } from '../../../renderer/stores/live-text.ts'

const build = (parts: readonly string[]) => parts.reduce(appendText, noText)

describe('live text', () => {
  it('holds what came, in order, however it was cut on the way', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40, unit: fc.constantFrom('a', ' ', '\n', '好') })), (parts) => {
        const text = build(parts)
        expect(text.pieces.join('')).toBe(parts.join(''))
        expect(text.chars).toBe(parts.join('').length)
      }),
    )
  })

  it('leaves all pieces but the last as they were when text comes', () => {
    const before = build(['one\ntwo\nthr'])
    const after = appendText(before, 'ee\nfour')
    expect(before.pieces).toEqual(['one\n', 'two\n', 'thr'])
    expect(after.pieces).toEqual(['one\n', 'two\n', 'three\n', 'four'])
  })

  it('cuts a line without end into pieces that stay cheap to draw', () => {
    const text = build(Array.from({ length: 600 }, () => 'again and '))
    expect(text.pieces.length).toBeGreaterThan(4)
    expect(Math.max(...text.pieces.map((piece) => piece.length))).toBeLessThan(900)
    expect('again and '.repeat(600).endsWith(text.pieces.join(''))).toBe(true)
    expect(text.pieces.join('').length).toBe(6000)
  })

  it('loses its beginning when it grows long, and numbers its pieces on', () => {
    const text = build(Array.from({ length: 2000 }, (_, i) => `line ${i}\n`))
    expect(text.chars).toBeLessThanOrEqual(8000)
    expect(text.pieces.at(-1)).toBe('line 1999\n')
    expect(text.pieces[0]).toBe(`line ${text.first}\n`)
  })
})
