import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EndReason, ThinkState } from '#shared/domain/trace.ts'
import { createSplitter, splitText, splitterVersion } from '#shared/thinking/splitter.ts'

interface Example {
  readonly raw: string
  readonly inside?: boolean
  readonly end?: EndReason
  readonly state: ThinkState
  readonly thinking: string
  readonly answer: string
}

const examples: readonly Example[] = [
  { raw: '<think>\nfour\n</think>\n\n4', state: 'normal', thinking: 'four\n', answer: '4' },
  { raw: ' \n<think>a</think> 4 \n', state: 'normal', thinking: 'a', answer: '4 \n' },
  { raw: 'four\n</think>\n\n4', inside: true, state: 'normal', thinking: 'four\n', answer: '4' },
  { raw: '<think>\nfour</think>4', inside: true, state: 'normal', thinking: 'four', answer: '4' },
  { raw: '<think>a<think>b</think>4', state: 'normal', thinking: 'a<think>b', answer: '4' },
  { raw: '<think>我想</think>四', state: 'normal', thinking: '我想', answer: '四' },
  { raw: '<think>a</think>', state: 'normal', thinking: 'a', answer: '' },
  {
    raw: '<think>1 < 2 </thinking> </ think></think>4',
    state: 'normal',
    thinking: '1 < 2 </thinking> </ think>',
    answer: '4',
  },
  { raw: '<think>\n\n</think>\n\n4', state: 'skipped', thinking: '', answer: '4' },
  { raw: '\n</think>4', inside: true, state: 'skipped', thinking: '', answer: '4' },
  { raw: '<think>on and on', state: 'unclosed', thinking: 'on and on', answer: '' },
  { raw: 'on and on', inside: true, state: 'unclosed', thinking: 'on and on', answer: '' },
  { raw: '', inside: true, state: 'unclosed', thinking: '', answer: '' },
  { raw: '<think>on</thin', state: 'unclosed', thinking: 'on</thin', answer: '' },
  { raw: '<think>on', end: 'length', state: 'budget-cut', thinking: 'on', answer: '' },
  { raw: '<think>on', end: 'timeout', state: 'budget-cut', thinking: 'on', answer: '' },
  { raw: '<think>on on', end: 'repetition', state: 'budget-cut', thinking: 'on on', answer: '' },
  { raw: '<think>on', end: 'cancelled', state: 'budget-cut', thinking: 'on', answer: '' },
  { raw: 'four\n</think>\n\n4', state: 'no-open-tag', thinking: 'four\n', answer: '4' },
  { raw: '</think>4', state: 'no-open-tag', thinking: '', answer: '4' },
  { raw: '<think>a</think>4<think>b</think>5', state: 'leaked', thinking: 'a', answer: '4<think>b</think>5' },
  { raw: '<think>a</think>4</think>', state: 'leaked', thinking: 'a', answer: '4</think>' },
  { raw: '<think></think><think>b', state: 'leaked', thinking: '', answer: '<think>b' },
  { raw: 'Sure. <think>b</think>5', state: 'leaked', thinking: '', answer: 'Sure. <think>b</think>5' },
  { raw: 'a</think>4</think>', state: 'leaked', thinking: 'a', answer: '4</think>' },
  { raw: '  4 ', state: 'absent', thinking: '', answer: '4 ' },
  { raw: '<thi', end: 'length', state: 'absent', thinking: '', answer: '<thi' },
  { raw: '', state: 'absent', thinking: '', answer: '' },
]

function streamed(pieces: readonly string[], startsInside: boolean, endReason: EndReason) {
  const splitter = createSplitter({ startsInside })
  const deltas = [...pieces.map((piece) => splitter.push(piece)), splitter.flush()]
  return {
    split: splitter.finish(endReason),
    thinking: deltas.map((delta) => delta.thinking).join(''),
    answer: deltas.map((delta) => delta.answer).join(''),
  }
}

describe('the thinking splitter', () => {
  it.each(examples)('calls $raw $state', ({ raw, inside = false, end = 'stop', state, thinking, answer }) => {
    const split = splitText(raw, { startsInside: inside, endReason: end })
    expect(split.thinkState).toBe(state)
    expect(raw.slice(split.thinking.start, split.thinking.end)).toBe(thinking)
    expect(raw.slice(split.answer.start, split.answer.end)).toBe(answer)
    expect(split.version).toBe(splitterVersion)
  })

  it('gives the same split and the same text for every pair of cuts in every example', () => {
    for (const { raw, inside = false, end = 'stop' } of examples) {
      const whole = streamed([raw], inside, end)
      for (let first = 0; first <= raw.length; first++) {
        for (let second = first; second <= raw.length; second++) {
          const pieces = [raw.slice(0, first), raw.slice(first, second), raw.slice(second)]
          expect(streamed(pieces, inside, end)).toEqual(whole)
        }
      }
      expect(streamed(Array.from(raw), inside, end)).toEqual(whole)
    }
  })

  it('shows while streaming exactly what the split holds, where the opening was announced', () => {
    for (const { raw, inside = false, end = 'stop', state, thinking, answer } of examples) {
      if (state === 'no-open-tag' || raw.startsWith('a</think>')) continue
      expect(streamed(Array.from(raw), inside, end)).toMatchObject({ thinking, answer })
    }
  })

  it('never shows a closing tag or a part of it while the text streams', () => {
    const splitter = createSplitter({ startsInside: false })
    const shown = Array.from('<think>a</think>4').map((piece) => splitter.push(piece))
    expect(shown.map((delta) => delta.thinking + delta.answer).join('|')).not.toMatch(/[<>/]/)
  })

  it('agrees with the whole text for any text made of tags, near tags, white space and words, cut anywhere', () => {
    const token = fc.constantFrom(
      '<think>',
      '</think>',
      '<',
      '</',
      '<thin',
      'k>',
      '>',
      ' ',
      '\n',
      'a',
      '四',
      '<<',
      '</thin',
    )
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 14 }),
        fc.boolean(),
        fc.constantFrom<EndReason>('stop', 'length', 'failed'),
        fc.array(fc.nat(80), { maxLength: 12 }),
        (tokens, inside, end, cuts) => {
          const raw = tokens.join('')
          const at = [0, ...cuts.map((cut) => Math.min(cut, raw.length)).toSorted((a, b) => a - b), raw.length]
          const pieces = at.slice(1).map((to, index) => raw.slice(at[index], to))
          expect(streamed(pieces, inside, end)).toEqual(streamed([raw], inside, end))
          const { thinking, answer, thinkState } = splitText(raw, { startsInside: inside, endReason: end })
          expect(thinking.start <= thinking.end && answer.start <= answer.end).toBe(true)
          expect(thinking.start === thinking.end || thinking.end <= answer.start).toBe(true)
          const tagInAnswer = /<\/?think>/.test(raw.slice(answer.start, answer.end))
          expect(tagInAnswer).toBe(thinkState === 'leaked')
        },
      ),
      { numRuns: 3000 },
    )
  })
})
