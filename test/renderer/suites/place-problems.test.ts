import { describe, expect, it } from 'vitest'
import type { SuiteProblem } from '#shared/domain/suite.ts'
import {
  nextProblem,
  placeProblems,
  placeText,
  problemText,
} from '../../../renderer/screens/suites/editor/place-problems.ts'

const problem = (line: number, column: number, expected: string | null = null, message = 'wrong'): SuiteProblem => ({
  file: 'x.yaml',
  line,
  column,
  path: '',
  message,
  expected,
})
const kinds = 'one of exact, number, choice, contains, regex, json-schema, boxed, judge'

describe('a problem', () => {
  it('stands in the order of the text', () => {
    const placed = placeProblems([problem(3, 1), problem(1, 9), problem(1, 2)], ['', '', ''])
    expect(placed.map(placeText)).toEqual(['1:2', '1:9', '3:1'])
  })

  it.each([
    ['    grader: {kind: nubmer, a: b}', 20, 6],
    ['    text: "a b, c": d', 11, 8],
    ["  - 'it''s': x", 5, 7],
    ['  key: value', 3, 3],
    ['a', 2, 1],
    ['', 1, 1],
  ])('in %j at %i points at %i characters', (line, column, length) => {
    expect(placeProblems([problem(1, column)], [line])[0]?.length).toBe(length)
  })

  it('beyond the text, or in a line that is gone, is no crash', () => {
    expect(placeProblems([problem(9, 9, kinds)], ['a'])).toMatchObject([{ length: 1, fix: null }])
  })

  it('is told as sentences', () => {
    expect(problemText({ message: 'unknown key "lan"', expected: 'one of id, lang' })).toBe(
      'Unknown key "lan". Expected one of id, lang.',
    )
    expect(problemText({ message: 'Source contains multiple documents.', expected: null })).toBe(
      'Source contains multiple documents.',
    )
  })
})

describe('what was probably meant', () => {
  const fixOf = (line: string, column: number, expected: string | null) =>
    placeProblems([problem(1, column, expected)], [line])[0]?.fix

  it.each([
    ['nubmer', 'number'],
    ['numbr', 'number'],
    ['Number', 'number'],
    ['contians', 'contains'],
    ['"regx"', '"regex"'],
    ["'judgee'", "'judge'"],
  ])('by %s is %s, in its quotes', (word, fix) => {
    expect(fixOf(`kind: ${word}`, 7, kinds)).toBe(fix)
  })

  it('is not guessed from afar, from nothing, or where two words are as near', () => {
    expect(fixOf('kind: letters', 7, kinds)).toBeNull()
    expect(fixOf('kind: x', 7, kinds)).toBeNull()
    expect(fixOf('kind: ', 7, kinds)).toBeNull()
    expect(fixOf('kind: nubmer', 7, 'a number')).toBeNull()
    expect(fixOf('kind: nubmer', 7, null)).toBeNull()
    expect(fixOf('kind: teat', 7, 'one of text, test')).toBeNull()
    expect(fixOf(`kind: ${'a'.repeat(5000)}`, 7, `one of ${'b'.repeat(5000)}`)).toBeNull()
  })
})

describe('other corrections', () => {
  const fix = (line: string, column: number, expected: string) =>
    placeProblems([{ ...problem(1, column), expected }], [line])[0]?.fix

  it('put what was read as a number in quotes, as it was written', () => {
    expect(fix('expected: 0.10', 11, 'text (put it in quotes)')).toBe('"0.10"')
    expect(fix('expected: "0.10"', 11, 'text (put it in quotes)')).toBeNull()
  })

  it('change the name of a key that other tools use', () => {
    expect(fix('    answer: 4', 5, 'the key expected')).toBe('expected')
    expect(fix('{"answer": 4}', 2, 'the key expected')).toBe('"expected"')
  })
})

describe('F8', () => {
  const placed = placeProblems([problem(2, 5), problem(2, 9), problem(7, 1)], [])
  const to = (line: number, column: number, step?: 1 | -1) => nextProblem(placed, { line, column }, step)

  it('goes to the next problem, and round at the end', () => {
    expect(to(1, 1)).toMatchObject({ line: 2, column: 5 })
    expect(to(2, 5)).toMatchObject({ line: 2, column: 9 })
    expect(to(2, 9)).toMatchObject({ line: 7, column: 1 })
    expect(to(7, 1)).toMatchObject({ line: 2, column: 5 })
  })

  it('goes back with Shift', () => {
    expect(to(7, 1, -1)).toMatchObject({ line: 2, column: 9 })
    expect(to(2, 5, -1)).toMatchObject({ line: 7, column: 1 })
  })

  it('goes nowhere where nothing is wrong', () => {
    expect(nextProblem([], { line: 1, column: 1 })).toBeNull()
  })
})
