import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlainPiece } from '#core/engines/builtin/piece-maker.ts'
import { createStopFilter } from '#core/engines/builtin/stop-filter.ts'

const piece = (text: string): PlainPiece => ({ text, tokenCount: 1, tokens: [] })

function run(texts: readonly string[], stops: readonly string[]) {
  const filter = createStopFilter(stops)
  const out: PlainPiece[] = []
  for (const text of texts) {
    const { pieces, stopped } = filter.push(piece(text))
    out.push(...pieces)
    if (stopped) return { text: out.map((one) => one.text).join(''), stopped, pieces: out }
  }
  out.push(...filter.flush())
  return { text: out.map((one) => one.text).join(''), stopped: false, pieces: out }
}

/** The same without streaming: look at the whole text after every piece. */
function slowly(texts: readonly string[], stops: readonly string[]) {
  let whole = ''
  for (const text of texts) {
    whole += text
    const found = stops.filter((stop) => stop !== '' && whole.includes(stop)).map((stop) => whole.indexOf(stop))
    if (found.length > 0) return { text: whole.slice(0, Math.min(...found)), stopped: true }
  }
  return { text: whole, stopped: false }
}

/** Few letters, so that stop strings and their beginnings turn up everywhere. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 4 })

describe('a stop filter', () => {
  it('cuts where looking at the whole text after every piece would cut', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 14 }), fc.array(text, { maxLength: 3 }), (texts, stops) => {
        const { text: found, stopped } = run(texts, stops)
        expect({ text: found, stopped }).toEqual(slowly(texts, stops))
      }),
      { numRuns: 2000 },
    )
  })

  it('lets text through at once that cannot become a stop string', () => {
    const filter = createStopFilter(['</think>'])
    expect(filter.push(piece('so 1 < 2')).pieces.map((one) => one.text)).toEqual(['so 1 < 2'])
    expect(filter.push(piece(' <')).pieces).toEqual([])
    expect(filter.push(piece('/thin')).pieces).toEqual([])
    expect(filter.push(piece('g')).pieces.map((one) => one.text)).toEqual([' <', '/thin', 'g'])
  })

  it('keeps the token of a piece that the cut goes through', () => {
    const { pieces } = run(['one two', ' three'], ['two'])
    expect(pieces).toEqual([{ text: 'one ', tokenCount: 1, tokens: [] }])
  })
})
