import { describe, expect, it } from 'vitest'
import { parseSuite, type SuiteFormat } from '#core/suites/parse-suite.ts'
import { suiteLimits } from '#shared/domain/words.ts'

function problemsOf(text: string, format: SuiteFormat = 'yaml'): readonly string[] {
  const parsed = parseSuite({ text, format, file: `mine.${format}` })
  return parsed.suite === null ? parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`) : []
}

describe('all that is wrong', () => {
  it('is told in one go and in the order of the text, whatever kinds of mistakes meet', () => {
    const text = `name: mine
titel: Mine
prompts:
  - id: a
    text: What is {{x}}?
    expected: 1
  - id: b
    text: 42
    expected: 1
  - id: b
    text: Once more?
    grader: {kind: regex, pattern: '(?=a)'}
  - id: a
    text: No answer?
  - id: c
    text: Two of them?
    expected: 1
    expected: 2
  - id: c
    lang: 7
    text: Last?
    expected: 1
`
    expect(problemsOf(text)).toEqual([
      '2:1 unknown key "titel"',
      '5:11 unknown variable {{x}}',
      '8:11 found 42',
      '10:9 the id "b" is given twice',
      expect.stringMatching(/^12:36 error parsing regexp/),
      '13:5 the prompt has no answer',
      '13:9 the id "a" is given twice',
      '18:5 the key "expected" is given twice',
      '19:9 the id "c" is given twice',
      '20:11 found 7',
    ])
  })

  it('says nothing of prompts that a wrong default or variable may mean', () => {
    expect(problemsOf('defaults: {grader: numbr}\nprompts:\n  - text: What?\n')).toEqual([
      '1:20 "numbr" is not known here',
    ])
    expect(problemsOf('variables: [a]\nprompts:\n  - {text: "{{a}}", expected: 1}\n')).toEqual(['1:1 found a list'])
  })

  it('does not ask for an answer where an unknown key may be meant for it', () => {
    expect(problemsOf('prompts:\n  - text: What?\n    anser: 1\n')).toEqual(['3:5 unknown key "anser"'])
  })

  it('names the key that is meant where other tools call it something else', () => {
    const parsed = parseSuite({
      text: 'prompts:\n  - question: What?\n    answer: 1\n',
      format: 'yaml',
      file: 'mine.yaml',
    })
    const unknown = parsed.suite === null ? parsed.problems : []
    expect(unknown.map(({ message, expected }) => `${message}: ${expected}`)).toEqual([
      'unknown key "question": the key text',
      'unknown key "answer": the key expected',
    ])
  })

  it('is told of every line of JSON Lines', () => {
    expect(problemsOf('{"text": tru}\n{"text": "x", "expected": 1}\n{"text": "y"\n', 'jsonl')).toEqual([
      '1:10 unexpected "t"',
      '3:13 the file ends too early',
    ])
  })

  it('is told of every row of a table', () => {
    expect(problemsOf('question,grader\na,{x}\nb,none\nc,{y}\n', 'csv')).toEqual([
      '2:1 a cell with JSON in it cannot be read',
      '4:1 a cell with JSON in it cannot be read',
    ])
  })

  it('ends at as many as help anybody, the first ones, also among a hundred thousand', () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `{"text": "x${index}", "answer": 1}\n`)
    const problems = problemsOf(lines.join(''), 'jsonl')
    expect(problems).toHaveLength(suiteLimits.problems)
    expect(problems[0]).toBe('1:16 unknown key "answer"')
    expect(problems.at(-1)).toBe(`${suiteLimits.problems}:17 unknown key "answer"`)
  })
})
