import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSuite, suiteFormats, type SuiteFormat } from '#core/suites/parse-suite.ts'

/** Parses and checks that whatever came out is either a suite or problems that point into the text. */
function survives(text: string, format: SuiteFormat): void {
  const parsed = parseSuite({ text, format, file: 'x' })
  if (parsed.suite !== null) {
    expect(parsed.suite.prompts.length).toBeGreaterThan(0)
    return
  }
  expect(parsed.problems.length).toBeGreaterThan(0)
  const lines = text.split('\n').length
  for (const { line, column, message } of parsed.problems) {
    expect(line >= 1 && line <= lines && column >= 1, `${line}:${column} of ${lines} lines: ${message}`).toBe(true)
    expect(message).not.toBe('')
  }
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

describe('hostile suites', () => {
  it.each(suiteFormats)('in %s of any text end in a suite or in problems with lines', (format) => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => survives(text, format)),
      { numRuns: 300 },
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
      fc.property(position, position, junk, (a, b, middle) =>
        survives(text.slice(0, a) + middle + text.slice(b), format),
      ),
      { numRuns: 500 },
    )
  })

  it('of any JSON value end so, too', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        survives(text, 'json')
        survives(text, 'yaml')
        survives(`{"prompts": [${text}]}`, 'json')
        survives(`{"text": "x", "grader": ${text}}`, 'jsonl')
        survives(`{"prompts": ["a"], "tests": [${text}]}`, 'promptfoo')
        survives(`{"prompts": ["a"], "tests": [{"assert": [${text}]}]}`, 'promptfoo')
      }),
      { numRuns: 300 },
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
      for (const format of suiteFormats) survives(piece.repeat(3000), format)
    }
    survives(Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'yaml')
    survives(Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n'), 'yaml')
    survives('x'.repeat(70 * 1024 * 1024), 'csv')
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
