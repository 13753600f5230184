import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportSuite } from '#core/suites/export-suite.ts'
import { generateSuite } from '#core/suites/generate/generate-suite.ts'
import { hashSuite } from '#core/suites/hash-suite.ts'
import { parseSuite } from '#core/suites/parse-suite.ts'
import { suiteSchema, type HashedSuite } from '#shared/domain/suite.ts'

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.constantFrom(
    '=1+1',
    "'=x",
    "''-",
    '-5',
    '@a',
    '+b',
    'a\r\nb',
    'a\nb',
    ' a ',
    '{{x}}',
    '# c',
    ': ',
    '- a',
    '"q"',
    'null',
    '007',
    '，',
    '\t',
    '{"a":1}',
    'true',
    ';,;',
    '; ',
    '\t;\t',
    ';\n;',
  ),
)
const grader = fc.oneof(
  fc.record({
    kind: fc.constant('exact'),
    expected: fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
    ignoreCase: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('number'),
    expected: fc.integer(),
    tolerance: fc.constantFrom(0, 0.5),
    relativeTolerance: fc.constantFrom(0, 0.01),
  }),
  fc.record({
    kind: fc.constant('contains'),
    all: fc.array(text, { minLength: 1, maxLength: 3 }),
    ignoreCase: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('judge'), criterion: text }),
  fc.constant({ kind: 'json-schema', schema: { type: 'object', properties: { a: { default: false } } } }),
)
const prompt = fc.record(
  {
    text,
    system: text,
    grader,
    lang: fc.constantFrom('en', 'zh-Hans'),
    tags: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), text, { maxKeys: 3 }),
    pair: text,
  },
  { requiredKeys: ['text', 'tags'] },
)
const suites = fc.array(prompt, { minLength: 1, maxLength: 6 }).map((prompts): HashedSuite =>
  hashSuite(
    suiteSchema.parse({
      schema: 'assay-suite/1',
      name: 'a suite',
      title: 'T',
      description: 'd {{x}}',
      prompts: prompts.map((each, index) => ({ ...each, id: `q${index}` })),
    }),
  ),
)

function again(suite: HashedSuite, format: 'yaml' | 'json' | 'jsonl' | 'csv'): HashedSuite {
  const parsed = parseSuite({ text: exportSuite(suite, format), format, file: 'a suite' })
  if (parsed.suite === null) throw new Error(JSON.stringify(parsed.problems))
  return parsed.suite
}

describe('an exported suite', () => {
  it.each(['yaml', 'json', 'jsonl'] as const)('reads back from %s as the same suite, digest included', (format) => {
    fc.assert(
      fc.property(suites, (suite) => {
        expect(again(suite, format)).toEqual(suite)
      }),
      { numRuns: 60 },
    )
  })

  it('reads back from CSV with the same prompts', () => {
    fc.assert(
      fc.property(suites, (suite) => {
        expect(again(suite, 'csv').prompts).toEqual(suite.prompts)
      }),
      { numRuns: 60 },
    )
  })

  it.each([';,;', '; ', ';\n;', '\t,\t', 'a;b;c\r\nd;e;f', '";"'])(
    'reads back from CSV whatever separators its texts hold: %j',
    (hostile) => {
      const prompts = [
        { id: 'q0', text: hostile, system: hostile, tags: { a: hostile, b: hostile } },
        { id: 'q1', text: 'x' },
      ]
      const suite = hashSuite(suiteSchema.parse({ schema: 'assay-suite/1', name: 'a', prompts }))
      expect(again(suite, 'csv').prompts).toEqual(suite.prompts)
    },
  )

  it('holds no CSV cell that a spreadsheet would run as a formula', () => {
    const suite = hashSuite(
      suiteSchema.parse({
        schema: 'assay-suite/1',
        name: 'a',
        prompts: [{ id: '=1', text: '@SUM(A1)', tags: { a: '-2', b: '+3' } }],
      }),
    )
    const cells = exportSuite(suite, 'csv').split(/[,\r\n]+/)
    expect(cells.filter((cell) => /^"?[=+\-@]/.test(cell))).toEqual([])
  })

  it('keeps a generated suite whole', () => {
    const suite = generateSuite({ template: 'mixed', n: 30, seed: 3 })
    for (const format of ['yaml', 'json', 'jsonl'] as const) expect(again(suite, format).hash).toBe(suite.hash)
  })
})
