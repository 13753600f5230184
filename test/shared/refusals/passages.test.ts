import { expect, test } from 'vitest'
import { quotedSpans, sentenceAt, splitSentences } from '#shared/refusals/passages.ts'

const pieces = (text: string, spans: readonly { start: number; end: number }[]) =>
  spans.map(({ start, end }) => text.slice(start, end))

test('sentences end at stops and lines, not at decimal points', () => {
  const text = 'It cost 3.5 million. Why? "Because."\nNext line 他走了。她来了'
  expect(pieces(text, splitSentences(text))).toEqual([
    'It cost 3.5 million.',
    'Why?',
    '"Because."',
    'Next line 他走了。',
    '她来了',
  ])
})

test('a position is found in its sentence', () => {
  const text = 'One. Two. Three.'
  expect(sentenceAt(splitSentences(text), text.indexOf('wo')).index).toBe(1)
})

test('quotations are found in several scripts, and an unpaired mark quotes nothing', () => {
  const text = 'He said "no" and “yes”, 「不」. A 5" disc\nlies here'
  expect(pieces(text, quotedSpans(text))).toEqual(['"no"', '“yes”', '「不」'])
  expect(pieces('> quoted line\nplain', quotedSpans('> quoted line\nplain'))).toEqual(['> quoted line'])
})
