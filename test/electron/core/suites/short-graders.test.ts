import { Validator } from '@cfworker/json-schema'
import { describe, expect, it } from 'vitest'
import { suiteJsonSchema } from '#core/suites/authoring.ts'
import { exportSuite } from '#core/suites/export-suite.ts'
import { parseSuite, type SuiteFormat } from '#core/suites/parse-suite.ts'
import { suiteOf } from './suite-text.ts'

const read = (text: string, format: SuiteFormat = 'yaml') => parseSuite({ text, format, file: `mine.${format}` })
const prompt = (lines: string, head = '') =>
  `name: a\n${head}prompts:\n  - id: one\n    text: What is right?\n${lines.replace(/^/gm, '    ')}\n`
function problemsOf(text: string): readonly string[] {
  const parsed = read(text)
  if (parsed.suite !== null) return []
  return parsed.problems.map(({ line, column, message, expected }) => `${line}:${column} ${message} | ${expected}`)
}

describe('a grader whose answer stands beside it', () => {
  it.each([
    ['expected: 42\ngrader: number', 'grader: {kind: number, expected: 42}'],
    ['grader: number\nexpected: 42', 'expected: 42'],
    ['expected: Paris\ngrader: exact', 'expected: Paris'],
    ['grader: choice\nexpected: B', 'grader: {kind: choice, expected: B}'],
    ['grader: contains\nexpected: Paris', 'grader: {kind: contains, all: [Paris]}'],
    ['grader: boxed\nexpected: x^2', 'grader: {kind: boxed, expected: x^2}'],
    ['grader: {kind: number, tolerance: 0.5}\nexpected: 42', 'grader: {kind: number, expected: 42, tolerance: 0.5}'],
    [
      'grader: {kind: contains, ignoreCase: true}\nexpected: Paris',
      'grader: {kind: contains, all: [Paris], ignoreCase: true}',
    ],
  ])('%j is the same suite as %j', (short, long) => {
    expect(suiteOf(prompt(short)).hash).toBe(suiteOf(prompt(long)).hash)
  })

  it('is written back whole, in its one canonical form', () => {
    const suite = suiteOf(prompt('expected: 42\ngrader: number'))
    expect(exportSuite(suite, 'yaml')).toContain('grader:\n      kind: number\n      expected: 42\n')
    for (const format of ['yaml', 'json', 'jsonl'] as const) {
      expect(suiteOf(exportSuite(suite, format), format).hash).toBe(suite.hash)
    }
  })

  it('takes the values of variables', () => {
    const { prompts } = suiteOf(
      prompt("grader: number\nexpected: '{{n}}'\nvars: {n: [1, 2]}").replace('right?', 'right, {{n}}?'),
    )
    expect(prompts.map(({ grader }) => grader)).toMatchObject([
      { kind: 'number', expected: '1' },
      { kind: 'number', expected: '2' },
    ])
  })

  it('may be the usual one: each prompt then only says what is right', () => {
    const head = 'defaults: {grader: {kind: number, tolerance: 0.5}}\n'
    expect(suiteOf(prompt('expected: 42', head)).prompts[0]?.grader).toMatchObject({ kind: 'number', tolerance: 0.5 })
    expect(suiteOf(prompt('expected: x^2', 'defaults: {grader: boxed}\n')).prompts[0]?.grader?.kind).toBe('boxed')
    expect(suiteOf(prompt('grader: exact\nexpected: x', head)).prompts[0]?.grader?.kind).toBe('exact')
    expect(suiteOf(prompt('ungraded: true', head)).prompts[0]?.grader).toBeUndefined()
    expect(problemsOf(prompt('lang: en', head))[0]).toMatch(/^4:5 the prompt has no answer/)
  })

  it('is in the published schema, too', () => {
    const validator = new Validator(suiteJsonSchema(), '2020-12')
    const valid = (grader: unknown) => validator.validate({ prompts: [{ text: 'x', expected: 1, grader }] }).valid
    expect([
      valid('number'),
      valid({ kind: 'number', tolerance: 1 }),
      valid({ kind: 'judge', criterion: 'a' }),
    ]).toEqual([true, true, true])
    expect([valid('numbr'), valid('judge'), valid({ kind: 'number', tolerance: 'x' })]).toEqual([false, false, false])
  })
})

describe('what is wrong with one', () => {
  it.each([
    [
      'grader: number',
      '5:13 "expected" is missing: what the answer is compared with | a line such as expected: 42 in the prompt',
    ],
    [
      'grader: {kind: boxed}',
      String.raw`5:5 "expected" is missing: what the answer is compared with | a line such as expected: \frac{1}{2} in the prompt`,
    ],
    ['grader: {kind: contains}', '5:5 a contains grader without texts accepts everything | all, any or none'],
    ['expected: 1\ngrader: numbr', '6:13 "numbr" is not known here | one of exact, number, choice, contains, boxed'],
    ['expected: 1\ngrader:', '6:12 found nothing | one of exact, number, choice, contains, boxed'],
    ['expected: 1\ngrader: regex', '6:13 "regex" alone is no grader | grader: {kind: regex, pattern: \'^yes\'}'],
    ['expected: seven\ngrader: number', '5:15 "seven" is not a number | a number such as 1,234.5, 3/4 or 1.5e3'],
    ['expected: 42\ngrader: exact', '5:15 found 42 | text (put it in quotes)'],
    ['expected: 42\ngrader: contains', '5:15 found 42 | text (put it in quotes)'],
    ['expected: 1\ngrader: {kind: number, expected: 2}', '5:15 expected and grader are both given | one of them'],
    ['ungraded: true\ngrader: number', '5:15 ungraded and grader are both given | one of them'],
    [
      'grader: {kind: number, expected: 1, tol: 2}',
      '5:41 unknown key "tol" | one of kind, expected, tolerance, relativeTolerance',
    ],
  ])('%j is told once: %s', (lines, problem) => {
    expect(problemsOf(prompt(lines))).toEqual([problem])
  })
})
