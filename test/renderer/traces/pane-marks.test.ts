import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Trace } from '#shared/domain/run.ts'
import type { TokenRecord } from '#shared/domain/trace.ts'
import { placeTokens } from '#shared/thinking/place-tokens.ts'
import type { MarkedRange } from '../../../renderer/text/marked-text.tsx'
import {
  diffRanges,
  heatRanges,
  hitRanges,
  shareRanges,
  stepsOf,
  tokensBetween,
} from '../../../renderer/screens/traces/pane-marks.ts'

/** Only what these functions read. */
function trace(thinking: string, answer: string): Trace {
  const raw = `<think>\n${thinking}</think>\n${answer}`
  const split = {
    thinkState: 'normal',
    thinking: { start: 8, end: 8 + thinking.length },
    answer: { start: raw.length - answer.length, end: raw.length },
    version: 'split-1',
  } as const
  return { raw, split } as unknown as Trace
}
const token = (text: string, p: number): TokenRecord => ({ text, logprob: Math.log(p), id: null, alternatives: [] })
const texts = (raw: string, ranges: readonly { readonly start: number; readonly end: number }[]) =>
  ranges.map(({ start, end }) => raw.slice(start, end))

describe('stepsOf', () => {
  it('gives each step its signs and its tokens, in offsets of the raw text', () => {
    const shown = trace('It is 270 km.\n\nWait, that is 310.', 'So.')
    const tokens = (shown.raw.match(/\s*\S+/g) ?? []).map((text) => token(text, 1))
    const places = placeTokens(shown.raw, tokens)
    const steps = stepsOf(shown, places)
    expect(texts(shown.raw, steps)).toEqual(['It is 270 km.\n\n', 'Wait, that is 310.'])
    expect(steps.map(({ signs }) => texts(shown.raw, signs))).toEqual([[], ['Wait']])
    expect(steps.map(({ tokens: n }) => n)).toEqual(steps.map((step) => tokensBetween(places, step)))
  })

  it('does not know how many tokens there are where none were stored', () => {
    expect(stepsOf(trace('It is.', 'So.'), null).map(({ tokens }) => tokens)).toEqual([null])
  })
})

describe('heatRanges', () => {
  it('colours a token by its probability, and a shared place by the least sure', () => {
    const tokens = [token('So', 0.99), token('\u{fffd}', 0.9), token('\u{fffd}', 0.1), token('的', 0.5)]
    const raw = 'So北的'
    const ranges = heatRanges(placeTokens(raw, tokens), tokens, 'probability')
    expect(ranges.map(({ mark }) => mark)).toEqual([
      { kind: 'heat', step: 0, token: 0 },
      { kind: 'heat', step: 5, token: 2 },
      { kind: 'heat', step: 3, token: 3 },
    ])
    expect(texts(raw, ranges)).toEqual(['So', '北', '的'])
  })

  it('leaves out tokens of which nothing is known', () => {
    const tokens = [{ ...token('So', 1), logprob: null }]
    expect(heatRanges(placeTokens('So', tokens), tokens, 'probability')).toEqual([])
  })
})

describe('hitRanges', () => {
  it('places the marks of both parts and knows the current one by part and place', () => {
    const shown = trace('wait wait', 'wait')
    const marks = {
      thinking: [
        { start: 0, end: 4 },
        { start: 5, end: 9 },
      ],
      answer: [{ start: 0, end: 4 }],
    }
    const ranges = hitRanges(shown, marks, { part: 'thinking', place: 1 })
    expect(texts(shown.raw, ranges)).toEqual(['wait', 'wait', 'wait'])
    expect(ranges.map(({ mark }) => mark.kind === 'hit' && mark.current)).toEqual([false, true, false])
  })
})

describe('diffRanges', () => {
  it('compares thinking with thinking and answer with answer', () => {
    const [left, right] = [trace('so 270 km', 'At 11:00.'), trace('so 310 km are', 'At 11:13.')]
    const diff = diffRanges(left, right, { left: 'F16', right: 'Q2_K' })
    expect(texts(left.raw, diff?.left ?? [])).toEqual(['270', '00'])
    expect(texts(right.raw, diff?.right ?? [])).toEqual(['310', 'are', '13'])
  })
})

describe('shareRanges', () => {
  it('gives every section exactly the ranges that reach into it', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 })
    const spots = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 30 })))
    fc.assert(
      fc.property(lengths, spots, (sizes, places) => {
        let at = 0
        const sections = sizes.map((size) => ({ start: at, end: (at += size) }))
        const ranges = places.map(([start, size]): MarkedRange => ({ start, end: start + size, mark: { kind: 'hit' } }))
        const shares = shareRanges(sections, ranges)
        for (const [index, section] of sections.entries()) {
          const wanted = ranges.filter(({ start, end }) => start < section.end && end > section.start)
          expect(new Set(shares[index])).toEqual(new Set(wanted))
          expect(shares[index]).toHaveLength(wanted.length)
        }
      }),
    )
  })
})
