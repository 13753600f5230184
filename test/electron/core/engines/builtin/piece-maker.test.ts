import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPieceMaker } from '#core/engines/builtin/piece-maker.ts'

/** A vocabulary of byte strings: token i is `chunks[i]`. Decoding is the platform's own UTF-8 decoder. */
function run(chunks: readonly Buffer[]) {
  const decode = (tokens: readonly number[]) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(tokens.map((token) => chunks[token] as Buffer)))
  const maker = createPieceMaker((tokens) => decode(tokens), [])
  const pieces = chunks.flatMap(
    (_, token) => maker.push(token, { text: '', logprob: 0, id: token, alternatives: [] }) ?? [],
  )
  const streamed = pieces.slice()
  const last = maker.flush()
  return {
    streamed,
    pieces: last === null ? pieces : [...pieces, last],
    whole: decode(chunks.map((_, token) => token)),
  }
}

function cutInto(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    chunks.push(bytes.subarray(at, at + size))
    at += size
  }
  return chunks
}

const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 7 })

describe('a piece maker', () => {
  it('streams text whose pieces join to the whole, wherever tokens cut characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), sizes, (text, cuts) => {
        const { pieces, whole } = run(cutInto(Buffer.from(text), cuts))
        expect(pieces.map((piece) => piece.text).join('')).toBe(whole)
        expect(whole).toBe(text)
      }),
    )
  })

  it('never shows half a character of a sound text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '龙', '😀', ' '), maxLength: 30 }),
        sizes,
        (text, cuts) => {
          const { pieces } = run(cutInto(Buffer.from(text), cuts))
          expect(pieces.filter((piece) => piece.text.includes('\uFFFD'))).toEqual([])
        },
      ),
    )
  })

  it('joins to the whole even where bytes are no text at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), sizes, (bytes, cuts) => {
        const { pieces, whole } = run(cutInto(Buffer.from(bytes), cuts))
        expect(pieces.map((piece) => piece.text).join('')).toBe(whole)
      }),
    )
  })

  it('counts each token once and keeps its record with its text', () => {
    const { streamed } = run(cutInto(Buffer.from('a龙b'), [1]))
    expect(streamed.map(({ text, tokenCount }) => [text, tokenCount])).toEqual([
      ['a', 1],
      ['龙', 3],
      ['b', 1],
    ])
    expect(streamed.flatMap(({ tokens }) => tokens.map(({ id }) => id))).toEqual([0, 1, 2, 3, 4])
  })

  it('does not wait for ever for a character that never comes', () => {
    const { streamed } = run(Array.from({ length: 200 }, () => Buffer.from([0xe4])))
    expect(streamed.length).toBeGreaterThan(1)
  })
})
