import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countWords, diffWords, firstDifference, type Span } from '../../../renderer/text/diff-words.ts'

const words = (text: string, spans: readonly Span[]) => spans.map(({ start, end }) => text.slice(start, end))
const cut = (text: string, spans: readonly Span[]) =>
  spans.toReversed().reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), text)

describe('diffWords', () => {
  it('marks changed words and joins neighbours into one span', () => {
    const [left, right] = ['By 9:30, so 270 km are left.', 'By 9:30, so 310 km are still left.']
    const diff = diffWords(left, right)
    expect(words(left, diff?.left ?? [])).toEqual(['270'])
    expect(words(right, diff?.right ?? [])).toEqual(['310', 'still'])
  })

  it('takes each Han character as a word', () => {
    const [left, right] = ['北京在一九四九年', '南京在一九四九年']
    const diff = diffWords(left, right)
    expect(words(left, diff?.left ?? [])).toEqual(['北'])
    expect(words(right, diff?.right ?? [])).toEqual(['南'])
  })

  it('finds no difference in white space alone', () => {
    expect(diffWords('one  two\nthree', 'one two three')).toEqual({ left: [], right: [] })
  })

  it('leaves equal words where the marked ones are taken out', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'two', '数', '.', '\n')).map((parts) => parts.join(' '))
    fc.assert(
      fc.property(text, text, (left, right) => {
        const diff = diffWords(left, right)
        const rest = (whole: string, spans: readonly Span[]) => cut(whole, spans).split(/\s+/).filter(Boolean)
        expect(rest(left, diff?.left ?? [])).toEqual(rest(right, diff?.right ?? []))
      }),
    )
  })

  it('gives up where everything differs', () => {
    const many = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word}${index}`).join(' ')
    expect(diffWords(many('a'), many('b'))).toBeNull()
  })
})

describe('firstDifference', () => {
  it.each([
    ['7+4=11, 9+2+1=12.', '7+4=11, 9+2+1=13.', 7],
    ['one two', 'one two three', 3],
    ['', 'one', 1],
    ['北京', '南京', 1],
  ])('counts words up to the one that differs: %s | %s', (left, right, word) => {
    expect(firstDifference(left, right)).toBe(word)
    expect(firstDifference(right, left)).toBe(word)
  })

  it('takes texts that differ in white space only as the same', () => {
    expect(firstDifference('one  two', ' one\ntwo')).toBeNull()
  })
})

describe('countWords', () => {
  it('leaves signs out', () => {
    expect(countWords('blue, blue, red', [{ start: 0, end: 10 }])).toBe(2)
  })
})
