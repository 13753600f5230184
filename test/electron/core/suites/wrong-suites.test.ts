import { describe, expect, it } from 'vitest'
import type { SuiteFormat } from '#core/suites/parse-suite.ts'
import { problemsOf, read } from './suite-text.ts'

describe('a wrong suite', () => {
  it.each<readonly [string, SuiteFormat, readonly string[]]>([
    [
      'name: a\nprompts:\n  - text: x\n    grader: {kind: numbr, expected: 7}',
      'yaml',
      ['4:20 prompts[0].grader.kind "numbr" is not a known kind'],
    ],
    [
      'name: a\nprompts:\n  - text: x\n    grader: {expected: 7}',
      'yaml',
      ['4:5 prompts[0].grader.kind "kind" is missing'],
    ],
    [
      'name: a\nprompts:\n  - txt: x',
      'yaml',
      ['3:5 prompts[0].text "text" is missing', '3:5 prompts[0].txt unknown key "txt"'],
    ],
    ['prompts:\n  - text: 42\n    expected: 1', 'yaml', ['2:11 prompts[0].text found 42']],
    [
      'prompts:\n  - text: x\n    grader:\n      kind: number\n      expected: seven',
      'yaml',
      ['5:17 prompts[0].grader.expected "seven" is not a number'],
    ],
    [
      'prompts:\n  - {text: a, id: x, expected: 1}\n  - {text: b, id: x, expected: 1}',
      'yaml',
      ['3:19 prompts[1].id the id "x" is given twice'],
    ],
    [
      'prompts:\n  - text: x\n    expected: 1\n    grader: {kind: exact, expected: a}',
      'yaml',
      ['3:15 prompts[0].expected expected and grader are both given'],
    ],
    ['prompts: []', 'yaml', ['1:1 prompts the list is too small']],
    ['name: "***"\nprompts: [{text: x, expected: 1}]', 'yaml', ['1:7 name "***" is not allowed here']],
    ['name: a\nname: b\nprompts: [{text: x, expected: 1}]', 'yaml', ['2:1  the key "name" is given twice']],
    [
      'name: a\n  b: c',
      'yaml',
      ['1:7  Nested mappings are not allowed in compact mappings', '1:7  Implicit keys need to be on a single line'],
    ],
    ['a: &x [*x]', 'yaml', ['1:1 prompts "prompts" is missing', '1:1 a unknown key "a"']],
    ['? [a]\n: b', 'yaml', ['1:1  a key is not plain text']],
    ['a: 1\n---\nb: 2', 'yaml', ['2:1  Source contains multiple documents; please use YAML.parseAllDocuments()']],
    ['a: !js/function x', 'yaml', ['1:4  Unresolved tag: !js/function']],
    ['', 'yaml', ['1:1  the file is empty']],
    ['# only a comment\n', 'yaml', ['1:1  found nothing']],
    ['{"prompts": [\n  {"text": 3, "expected": 1}]}', 'json', ['2:12 prompts[0].text found 3']],
    ['{"prompts": [\n  {"text": "x", "txt": {"a": 1}}]}', 'json', ['2:17 prompts[0].txt unknown key "txt"']],
    ['{"text": "x", "expected": 1}\n{"text": "y", "lan": 1}', 'jsonl', ['2:15 prompts[1].lan unknown key "lan"']],
    ['{"prompts": [\n  {"text": "x",}]}', 'json', ['2:16  unexpected "}"']],
    ['{"prompts": [{"text": "x"}', 'json', ['1:27  the file ends too early']],
    ['{"prompts": [{"text": "x\ny"}]}', 'json', ['1:25  a line break or control character inside a text']],
    ['{"prompts": [{"text": "x", "text": "y"}]}', 'json', ['1:28  the key "text" is given twice']],
    ['{"a": 01}', 'json', ['1:8  unexpected "1"']],
    ['[] []', 'json', ['1:4  text after the end of the JSON']],
    ['{"text": "x"}\n{"text": tru}', 'jsonl', ['2:10  unexpected "t"']],
    [
      '{"text": "x", "ungraded": true}\n\n{"text": "y",  "grader": {"kind": "regex", "pattern": "(?=a)"}}',
      'jsonl',
      ['3:55 prompts[1].grader.pattern error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ],
    ['question,answer\n"What,\nnow?",4\n,5', 'csv', ['4:1 prompts[1].text "text" is missing']],
    ['foo,bar\n1,2', 'csv', ['1:1  no column holds the questions: the columns are "foo", "bar"']],
    ['question,prompt\na,b', 'csv', ['1:1  two columns mean text']],
    ['question,answer\na,b,c', 'csv', ['2:1  3 cells under 2 columns']],
    ['question,answer\n"a,b', 'csv', ['2:1  quoted field unterminated']],
    ['question,grader\na,{x}', 'csv', ['2:1  a cell with JSON in it cannot be read']],
  ])('%j as %s is told by place', (text, format, expected) => {
    expect(problemsOf(text, format)).toEqual(expected)
  })

  it('says what was expected', () => {
    const parsed = read('prompts:\n  - text: x\n    grader: {kind: exact, expected: 7}')
    expect(parsed.suite === null && parsed.problems[0]?.expected).toMatch(/text \(put it in quotes\)/)
    const kinds = read('prompts:\n  - {text: x, grader: {kind: y}}')
    expect(kinds.suite === null && kinds.problems[0]?.expected).toBe(
      'one of exact, number, choice, contains, regex, json-schema, boxed, judge',
    )
    const keys = read('prompts:\n  - {text: x, wibble: y}')
    expect(keys.suite === null && keys.problems[0]?.expected).toMatch(/expected, ungraded, lang/)
  })
})

describe('what only a run would have found', () => {
  it('is told when the suite is read: fact patterns that are not RE2', () => {
    const probe = (patterns: string) =>
      `prompts:\n  - id: a\n    text: What?\n    probe:\n      topic: t\n      pair: p\n      role: sensitive\n      facts:\n        - {id: f, core: true, any: [fine]}\n        - id: g\n          core: false\n          any:\n${patterns}`
    expect(problemsOf(probe("            - 'a+'\n            - '七月'\n"))).toEqual([])
    const found = problemsOf(probe("            - 'a+'\n            - '(?=x)y'\n            - '[z'\n"))
    expect(found).toHaveLength(2)
    expect(found[0]).toMatch(/^14:15 prompts\[0\]\.probe\.facts\[1\]\.any\[1\] .*\(\?=/)
    expect(found[1]).toMatch(/^15:15 prompts\[0\]\.probe\.facts\[1\]\.any\[2\] /)
  })

  it('is told when the suite is read: ids that no store can keep', () => {
    const lone = String.raw`{"prompts":[{"id":"a\ud800","text":"x","expected":1},{"id":"\ud83d\ude00","text":"y","expected":1}]}`
    expect(problemsOf(lone, 'json')).toEqual(['1:19 prompts[0].id the id holds half a character'])
  })
})
