import { describe, expect, it } from 'vitest'
import { exportSuite } from '#core/suites/export-suite.ts'
import { parseSuite, type SuiteFormat } from '#core/suites/parse-suite.ts'

const read = (text: string, format: SuiteFormat = 'yaml') => parseSuite({ text, format, file: `my suite.${format}` })
function problems(text: string, format: SuiteFormat): readonly string[] {
  const parsed = read(text, format)
  return parsed.suite === null ? parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`) : []
}
function expectedOf(text: string, format: SuiteFormat): string | null {
  const parsed = read(text, format)
  return parsed.suite === null ? (parsed.problems[0]?.expected ?? null) : null
}

describe('a prompt without an answer', () => {
  it.each<readonly [string, SuiteFormat, readonly string[]]>([
    ['prompts:\n  - text: a\n    expected: 1\n  - text: b\n', 'yaml', ['4:5 the prompt has no answer']],
    ['{"text":"a","expected":1}\n{"text":"b"}\n', 'jsonl', ['2:1 the prompt has no answer']],
    ['{"prompts": [\n  {"text": "a"}]}', 'json', ['2:3 the prompt has no answer']],
    [
      'question,answer\na,4\nb,\nc,7\nd,"  "\n',
      'csv',
      ['3:3 the prompt has no answer', '5:3 the prompt has no answer'],
    ],
    ['answer;question\n;"one\ntwo"\n4;b\n', 'csv', ['2:1 the prompt has no answer']],
    ['question,answer\n"one\n""two"", three",\n', 'csv', ['3:17 the prompt has no answer']],
    ['question,answer\nb\n', 'csv', ['2:2 the prompt has no answer']],
    ['prompts: [{text: "{{a}}", vars: {a: [1, 2]}}]', 'yaml', ['1:11 the prompt has no answer']],
  ])('%j as %s is told by line and column', (text, format, expected) => {
    expect(problems(text, format)).toEqual(expected)
    expect(expectedOf(text, format)).toMatch(
      format === 'csv' ? /^one in this cell; or a column grader with none/ : /^expected or grader; or ungraded: true/,
    )
  })

  it.each([
    ['question\nWhat?\n', 'the one column is "question"'],
    ['question,difficulty\nWhat?,easy\n', 'the columns are "question", "difficulty"'],
  ])('is told once where a table has no column of answers: %j', (text, columns) => {
    expect(problems(text, 'csv')).toEqual([`1:1 no column holds the answers: ${columns}`])
    expect(expectedOf(text, 'csv')).toContain('one of expected, answer, target, output')
  })

  it.each<readonly [string, SuiteFormat]>([
    ['prompts:\n  - text: a\n    ungraded: true\n', 'yaml'],
    ['defaults: {ungraded: true}\nprompts:\n  - text: a\n', 'yaml'],
    ['{"text": "a", "ungraded": true}', 'jsonl'],
    ['question,grader\na,none\n', 'csv'],
    ['prompts: [{text: a, probe: {topic: t, pair: p, role: control}}]', 'yaml'],
    ['prompts: [a]\ntests: [{}]', 'promptfoo'],
  ])('is one that is only asked where it says so: %j as %s', (text, format) => {
    expect(problems(text, format)).toEqual([])
  })

  it('comes back from every format', () => {
    const { suite } = read('name: a\nprompts:\n  - {text: a, ungraded: true}\n  - {text: b, expected: 1}\n')
    if (suite === null) throw new Error('not read')
    for (const format of ['yaml', 'json', 'jsonl'] as const) {
      expect(read(exportSuite(suite, format), format).suite?.hash).toBe(suite.hash)
    }
    expect(read(exportSuite(suite, 'csv'), 'csv').suite?.prompts).toEqual(suite.prompts)
  })

  it('takes what it says itself over what the suite says', () => {
    const { suite } = read(
      'defaults: {grader: {kind: judge, criterion: polite}}\nprompts:\n  - {text: a, ungraded: true}\n  - {text: b}\n  - {text: c, expected: 1}\n',
    )
    expect(suite?.prompts.map(({ grader }) => grader?.kind)).toEqual([undefined, 'judge', 'number'])
    const other = read('defaults: {ungraded: true}\nprompts:\n  - {text: a}\n  - {text: c, expected: 1}\n')
    expect(other.suite?.prompts.map(({ grader }) => grader?.kind)).toEqual([undefined, 'number'])
    expect(problems('prompts:\n  - {text: a, ungraded: true, expected: 1}', 'yaml')).toEqual([
      '2:25 ungraded and expected are both given',
    ])
    expect(problems('prompts:\n  - {text: a, ungraded: false}', 'yaml')).toEqual(['2:25 false is not known here'])
  })
})

describe('a file that is no suite', () => {
  it.each<readonly [string, SuiteFormat, string, string]>([
    ['', 'csv', '1:1 the file is empty', 'prompts, each with a text and its answer'],
    [' \n\n', 'jsonl', '1:1 the file is empty', 'prompts, each with a text and its answer'],
    ['question,answer\n', 'csv', '1:1 there is no row below the header', 'one prompt a row'],
    ['\n\nquestion,answer\r\n', 'csv', '3:1 there is no row below the header', 'one prompt a row'],
    [
      'question|answer\nWhat?|4\n',
      'csv',
      '1:1 no column holds the questions: the one column is "question|answer"',
      'one of text, question, prompt, input, with commas, semicolons or tabs between columns',
    ],
    [
      '[\n {"text":"a","expected":1},\n {"text":"b","expected":2}\n]\n',
      'jsonl',
      '1:1 the file is one JSON list, not JSON Lines',
      'one object a line, without brackets around them and commas between them',
    ],
    [
      '[{"text":"a"}]',
      'jsonl',
      '1:1 the file is one JSON list, not JSON Lines',
      'one object a line, without brackets around them and commas between them',
    ],
    [' [{"text":"a"}]', 'json', '1:2 found a list', 'an object with the list as prompts: {"prompts": […]}'],
    ['q\0u\0e\0s\0t\0', 'csv', '1:2 the file is no text, or UTF-16 without its mark', 'text in UTF-8'],
    ['question,answer\nWh\0at?,4\n', 'csv', '2:3 a NUL character stands here', 'text in UTF-8'],
    [
      'question,answer\n"What?,4\n',
      'csv',
      '2:1 quoted field unterminated',
      'a quote at the end of the cell, and two where one is meant',
    ],
  ])('%j as %s says what it is', (text, format, problem, expected) => {
    expect(problems(text, format)).toEqual([problem])
    expect(expectedOf(text, format)).toBe(expected)
  })
})

describe('the place of a fault in a table', () => {
  it.each([
    ['id,question,answer\na,x,4\na,y,5\n', '3:1 the id "a" is given twice'],
    ['question,answer,grader\n"Line one\nline two",4,\nBad?,5,fuzzy\n', '4:8 "fuzzy" is not a known kind'],
    ['question;answer;grader\n"a;b";"say ""x""";fuzzy\n', '2:19 "fuzzy" is not a known kind'],
    ['question,grader\n"one\ntwo",contains\n', '3:6 the prompt has no answer'],
    ['question,answer\r\na,4\r\n,5\r\n', '3:1 "text" is missing'],
  ])('%j: %s', (text, problem) => {
    expect(problems(text, 'csv')).toEqual([problem])
  })
})
