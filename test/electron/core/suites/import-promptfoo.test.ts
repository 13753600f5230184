import { describe, expect, it } from 'vitest'
import { parseSuite } from '#core/suites/parse-suite.ts'

function read(text: string) {
  return parseSuite({ text, format: 'promptfoo', file: 'promptfooconfig.yaml' })
}

/** The grader that one assert, or several, turn into; or the note why the test was left out. */
function graderOf(...asserts: readonly object[]): unknown {
  const parsed = read(JSON.stringify({ prompts: ['Say {{x}}'], tests: [{ vars: { x: 'hi' }, assert: asserts }] }))
  return parsed.suite === null ? parsed.problems[0]?.message : parsed.suite.prompts[0]?.grader
}

describe('a promptfoo config', () => {
  it('becomes one prompt for each prompt, test and combination of its vars', () => {
    const parsed = read(`description: Capitals
providers: [openai:gpt-4]
prompts:
  - 'Capital of {{country}}?'
  - {label: chat, raw: '[{"role":"system","content":"Be short."},{"role":"user","content":"{{ country }}?"}]'}
defaultTest:
  vars: {lang: en}
  assert: [{type: not-icontains, value: sorry}]
tests:
  - description: two
    vars: {country: [France, Italy]}
  - vars: {country: Spain}
    assert: [{type: icontains, value: '{{country}}'}]
`)
    if (parsed.suite === null) throw new Error(JSON.stringify(parsed.problems))
    expect(parsed.notes).toEqual([])
    expect(parsed.suite.description).toBe('Capitals')
    expect(parsed.suite.prompts.map(({ id, text, system }) => [id, text, system])).toEqual([
      ['t1/1@1', 'Capital of France?', undefined],
      ['t1/1@chat', 'France?', 'Be short.'],
      ['t1/2@1', 'Capital of Italy?', undefined],
      ['t1/2@chat', 'Italy?', 'Be short.'],
      ['t2@1', 'Capital of Spain?', undefined],
      ['t2@chat', 'Spain?', 'Be short.'],
    ])
    expect(parsed.suite.prompts[0]).toMatchObject({
      tags: { description: 'two' },
      grader: { kind: 'contains', none: ['sorry'], ignoreCase: true },
    })
    expect(parsed.suite.prompts[4]?.grader).toMatchObject({ all: ['Spain'], none: ['sorry'] })
  })

  it.each([
    [
      { type: 'equals', value: 'Hi {{x}}' },
      { kind: 'exact', expected: 'Hi hi', ignoreCase: false },
    ],
    [
      { type: 'equals', value: 4 },
      { kind: 'exact', expected: '4' },
    ],
    [
      { type: 'not-equals', value: 'a.b' },
      { kind: 'regex', pattern: '^\\s*a\\.b\\s*$', negate: true },
    ],
    [
      { type: 'contains', value: 'a' },
      { kind: 'contains', all: ['a'], ignoreCase: false },
    ],
    [
      { type: 'contains-all', value: ['a', 'b'] },
      { kind: 'contains', all: ['a', 'b'] },
    ],
    [
      { type: 'icontains-any', value: 'a, b' },
      { kind: 'contains', any: ['a', 'b'], ignoreCase: true },
    ],
    [
      { type: 'not-contains-any', value: ['a', 'b'] },
      { kind: 'contains', none: ['a', 'b'] },
    ],
    [
      { type: 'starts-with', value: 'A+' },
      { kind: 'regex', pattern: '^\\s*A\\+' },
    ],
    [
      { type: 'regex', value: '^\\d+$' },
      { kind: 'regex', pattern: '^\\d+$' },
    ],
    [
      { type: 'not-regex', value: 'x' },
      { kind: 'regex', pattern: 'x', negate: true },
    ],
    [{ type: 'is-json' }, { kind: 'json-schema', schema: {} }],
    [
      { type: 'is-json', value: { type: 'object' } },
      { kind: 'json-schema', schema: { type: 'object' } },
    ],
    [
      { type: 'llm-rubric', value: 'is polite' },
      { kind: 'judge', criterion: 'is polite' },
    ],
  ])('takes over %j', (assert, grader) => {
    expect(graderOf(assert)).toMatchObject(grader)
  })

  it('merges asserts that one grader can hold', () => {
    expect(
      graderOf(
        { type: 'contains', value: 'a' },
        { type: 'contains-any', value: ['b', 'c'] },
        { type: 'not-contains', value: 'd' },
      ),
    ).toEqual({ kind: 'contains', all: ['a'], any: ['b', 'c'], none: ['d'], ignoreCase: false })
  })

  it.each([
    [[{ type: 'javascript', value: 'output.length' }], /no assert javascript/],
    [[{ type: 'similar', value: 'x', threshold: 0.8 }], /uses threshold/],
    [[{ type: 'contains', value: 'a', weight: 2 }], /weight/],
    [
      [
        { type: 'contains', value: 'a' },
        { type: 'regex', value: 'b' },
      ],
      /one grader/,
    ],
    [
      [
        { type: 'contains-any', value: ['a'] },
        { type: 'contains-any', value: ['b'] },
      ],
      /one grader/,
    ],
    [[{ type: 'not-contains-all', value: ['a', 'b'] }], /cannot be taken over/],
    [[{ type: 'contains', value: 'file://x.txt' }], /cannot be taken over/],
    [[{ type: 'equals', value: '{{y}}' }], /\{\{y\}\}/],
    [[{ type: 'equals', value: '{{x | upper}}' }], /more than a name/],
    [[{ type: 'regex', value: '(a)\\1' }], /regexp|escape/],
  ])('leaves a test out with %j and says why', (asserts, message) => {
    expect(graderOf(...asserts)).toMatch(message)
  })

  it('keeps the other tests, with notes at their lines and a word in the description', () => {
    const parsed = read(`prompts: ['{{q}}', file://more.txt]
tests:
  - vars: {q: a}
    assert: [{type: contains, value: b}]
  - vars: {q: c}
    assert:
      - type: python
        value: x
scenarios: []
`)
    if (parsed.suite === null) throw new Error('not read')
    expect(parsed.suite.prompts.map(({ id }) => id)).toEqual(['t1'])
    expect(parsed.notes.map(({ line, path }) => [line, path])).toEqual([
      [1, 'prompts[1]'],
      [5, 'tests[1]'],
      [9, 'scenarios'],
    ])
    expect(parsed.suite.description).toBe('The import left out 3 things it could not take over.')
  })

  it('that is none, or of which nothing is left, is refused', () => {
    expect(read('a: 1').suite).toBeNull()
    const parsed = read('prompts: [file://a.txt]\ntests: file://tests.csv')
    expect(parsed.suite === null && parsed.problems.map(({ line }) => line)).toEqual([1, 2])
  })
})
