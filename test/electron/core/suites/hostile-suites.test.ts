import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSuite, suiteFormats, type SuiteFormat } from '#core/suites/parse-suite.ts'

/** Parses, and complains where the outcome is neither a suite nor problems that point into the text. */
function complaintsAbout(text: string, format: SuiteFormat): readonly string[] {
  const parsed = parseSuite({ text, format, file: 'x' })
  if (parsed.suite !== null) return parsed.suite.prompts.length > 0 ? [] : ['an empty suite']
  const lines = text.split('\n').length
  const astray = parsed.problems.filter(
    ({ line, column, message }) => line < 1 || line > lines || column < 1 || message === '',
  )
  return parsed.problems.length === 0 ? ['no suite and no problem'] : astray.map((problem) => JSON.stringify(problem))
}

const good: Readonly<Record<SuiteFormat, string>> = {
  yaml: 'name: a\nvariables: {x: [1, 2]}\nprompts:\n  - id: q\n    text: "Is {{x}} &c?"\n    grader: {kind: number, expected: 7}\n    tags: {distance: near}\n  - text: >\n      long\n      text\n    expected: a\n',
  json: '{"name": "a", "prompts": [{"id": "q", "text": "Is it?", "grader": {"kind": "contains", "any": ["a", "b"]}}, {"text": "x", "expected": 1e3}]}',
  jsonl:
    '{"schema": "assay-suite/1", "name": "a"}\n{"text": "x", "expected": 1}\n{"text": "y", "grader": {"kind": "regex", "pattern": "a+"}}\n',
  csv: 'question,answer,distance\n"a, ""b""\nc",1,near\nx,y,far\n',
  promptfoo:
    "description: d\nprompts: ['Q: {{q}}']\ntests:\n  - vars: {q: [a, b]}\n    assert: [{type: contains, value: '{{q}}'}]\n",
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
)

describe('hostile suites', () => {
  it.each(suiteFormats)('in %s of any text end in a suite or in problems with lines', (format) => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(complaintsAbout(text, format)).toEqual([])
      }),
      { numRuns: 120 },
    )
  })

  it.each(suiteFormats)('in %s that were good before something was cut, doubled or swapped end so, too', (format) => {
    const text = good[format]
    expect(parseSuite({ text, format, file: 'x' }).suite).not.toBeNull()
    const junk = fc.constantFrom(
      '',
      '{',
      '}',
      '[',
      ']',
      ':',
      '- ',
      '"',
      "'",
      '\n',
      ',',
      '{{',
      '}}',
      '&a ',
      '*a',
      '!!x ',
      '|',
      '\t',
      '\u0000',
      '\uD800',
      '__proto__',
      'null',
    )
    const position = fc.nat(text.length)
    fc.assert(
      fc.property(position, position, junk, (a, b, middle) => {
        expect(complaintsAbout(text.slice(0, a) + middle + text.slice(b), format)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('of any JSON value end so, too', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(complaintsAbout(text, 'json')).toEqual([])
        expect(complaintsAbout(text, 'yaml')).toEqual([])
        expect(complaintsAbout(`{"prompts": [${text}]}`, 'json')).toEqual([])
        expect(complaintsAbout(`{"text": "x", "grader": ${text}}`, 'jsonl')).toEqual([])
        expect(complaintsAbout(`{"prompts": ["a"], "tests": [${text}]}`, 'promptfoo')).toEqual([])
        expect(complaintsAbout(`{"prompts": ["a"], "tests": [{"assert": [${text}]}]}`, 'promptfoo')).toEqual([])
      }),
      { numRuns: 120 },
    )
  })

  it('deep, wide or recursive beyond all bounds are refused without a crash', () => {
    for (const piece of [
      '[',
      '{',
      '- ',
      '? ',
      'a: ',
      '{a: ',
      '[{',
      '"',
      "'",
      '&a ',
      '!a ',
      '*a ',
      ']',
      ',',
      ': ',
      '|\n',
      '%\n',
      '---\n',
      'a:\n ',
      '\\',
      '{"a":',
      '[[],',
    ]) {
      for (const format of suiteFormats) expect(complaintsAbout(piece.repeat(1000), format)).toEqual([])
    }
    expect(
      complaintsAbout(Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'yaml'),
    ).toEqual([])
    expect(complaintsAbout(Array.from({ length: 5000 }, (_, index) => `k${index}: 1`).join('\n'), 'yaml')).toEqual([])
    expect(complaintsAbout('x'.repeat(70 * 1024 * 1024), 'csv')).toEqual([])
  })

  it('cannot unfold aliases into more than memory holds', () => {
    const laughs = Array.from(
      { length: 20 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`,
    )
    const parsed = parseSuite({ text: ['l0: &l0 [x]', ...laughs].join('\n'), format: 'yaml', file: 'x' })
    expect(parsed.suite === null && parsed.problems[0]?.message).toBe('aliases unfold into too much data')
  })

  it('cannot reach the prototype of anything', () => {
    const parsed = parseSuite({
      text: '{"prompts": [{"text": "x", "tags": {"__proto__": "polluted", "constructor": "c"}}], "variables": {"__proto__": ["a"]}}',
      format: 'json',
      file: 'x',
    })
    expect(parsed.suite === null || parsed.suite.prompts.length === 1).toBe(true)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })
})
