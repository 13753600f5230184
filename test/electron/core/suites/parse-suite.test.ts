import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { withoutHashes } from '#core/suites/hash-suite.ts'
import { parseSuite, type SuiteFormat } from '#core/suites/parse-suite.ts'

function read(text: string, format: SuiteFormat = 'yaml', file = `my suite.${format}`) {
  return parseSuite({ text, format, file })
}

function suiteOf(text: string, format: SuiteFormat = 'yaml') {
  const parsed = read(text, format)
  if (parsed.suite === null) throw new Error(JSON.stringify(parsed.problems))
  return parsed.suite
}

/** `line:column path message` of every problem. */
function problemsOf(text: string, format: SuiteFormat = 'yaml'): readonly string[] {
  const parsed = read(text, format)
  if (parsed.suite !== null) return []
  return parsed.problems.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)
}

describe('a suite file', () => {
  it('is the same suite in YAML, JSON and JSON Lines', () => {
    const yaml = suiteOf(`name: capitals
title: Capitals
prompts:
  - id: fr
    text: What is the capital of France?
    grader: {kind: contains, all: [Paris]}
    tags: {distance: near}
`)
    const prompt =
      '{"id":"fr","text":"What is the capital of France?","grader":{"kind":"contains","all":["Paris"]},"tags":{"distance":"near"}}'
    expect(suiteOf(`{"name":"capitals","title":"Capitals","prompts":[${prompt}]}`, 'json')).toEqual(yaml)
    expect(suiteOf(`{"name":"capitals","title":"Capitals"}\n\n${prompt}\n`, 'jsonl')).toEqual(yaml)
    expect(yaml.prompts[0]?.grader).toEqual({ kind: 'contains', all: ['Paris'], ignoreCase: false })
  })

  it('needs no more than texts: name, ids and kind of grader have defaults', () => {
    const suite = suiteOf('prompts:\n  - {text: 1 + 1?, expected: 2}\n  - {text: Colour of snow?, expected: white}')
    expect(suite.name).toBe('my suite')
    expect(suite.prompts.map(({ id, grader }) => [id, grader?.kind])).toEqual([
      ['p1', 'number'],
      ['p2', 'exact'],
    ])
  })

  it('hands its defaults to every prompt that does not say otherwise', () => {
    const suite =
      suiteOf(`defaults: {lang: zh-Hans, system: 简短回答, tags: {family: a, distance: far}, grader: {kind: exact, expected: 四}}
prompts:
  - text: 二加二？
  - {text: 2 + 2?, lang: en, tags: {distance: near}, expected: 4}`)
    expect(suite.prompts[0]).toMatchObject({
      lang: 'zh-Hans',
      system: '简短回答',
      tags: { family: 'a', distance: 'far' },
      grader: { kind: 'exact' },
    })
    expect(suite.prompts[1]).toMatchObject({
      lang: 'en',
      tags: { family: 'a', distance: 'near' },
      grader: { kind: 'number' },
    })
  })
})

describe('variables', () => {
  it('fill text, system, grader and tags, each list crossed with the others', () => {
    const suite = suiteOf(`variables: {unit: [km, m], unused: [1, 2]}
prompts:
  - id: far
    text: 'How far in {{unit}} at {{ speed }}? {{{unit}}} & <b>'
    system: 'Use {{unit}}.'
    grader: {kind: contains, all: ['{{speed}}']}
    tags: {family: 'f-{{unit}}'}
    vars: {speed: [10, 20]}`)
    expect(suite.prompts.map(({ id }) => id)).toEqual(['far/1', 'far/2', 'far/3', 'far/4'])
    expect(suite.prompts[1]).toMatchObject({
      text: 'How far in km at 20? km & <b>',
      system: 'Use km.',
      tags: { family: 'f-km' },
      grader: { all: ['20'] },
    })
    expect(suite.prompts[2]?.text).toMatch(/in m at 10/)
  })

  it('go together where vars is a list of objects, and name the items where the id holds one', () => {
    const suite = suiteOf(`prompts:
  - id: 'capital-{{country}}'
    text: Capital of {{country}}?
    expected: '{{city}}'
    vars: [{country: France, city: Paris}, {country: Italy, city: Rome}]`)
    expect(suite.prompts.map(({ id, grader }) => [id, grader?.kind === 'exact' && grader.expected])).toEqual([
      ['capital-France', 'Paris'],
      ['capital-Italy', 'Rome'],
    ])
  })

  it('stay text with templates: false', () => {
    expect(suiteOf('templates: false\nprompts: [{text: "\\\\frac{{x}}{2}", ungraded: true}]').prompts[0]?.text).toBe(
      '\\frac{{x}}{2}',
    )
  })

  it('are named with their place when unknown, unused or more than a name', () => {
    expect(problemsOf('prompts:\n  - id: a\n    text: Hello {{name}}')).toEqual([
      '3:11 prompts[0].text unknown variable {{name}}',
    ])
    expect(problemsOf('prompts:\n  - text: "{{a}}"\n    vars:\n      a: 1\n      b: 2')).toEqual([
      '5:10 prompts[0].vars.b the variable b is not used in this prompt',
    ])
    expect(problemsOf('prompts:\n  - text: "{{#a}}x{{/a}}"\n    vars: {a: 1}')[0]).toMatch(
      /^2:11 prompts\[0\]\.text only \{\{name\}\}/,
    )
    expect(problemsOf('prompts:\n  - text: "{{a"')[0]).toMatch(/^2:11 prompts\[0\]\.text /)
  })

  it('cannot be inherited from where they were never given', () => {
    expect(problemsOf('prompts:\n  - text: "{{constructor}} {{toString}} {{__proto__}}"')).toHaveLength(3)
  })

  it('cannot blow a small file up', () => {
    const ten = JSON.stringify(Array.from({ length: 10 }, (_, index) => index))
    const names = Array.from({ length: 12 }, (_, index) => `v${index}`)
    const vars = names.map((name) => `${name}: ${ten}`).join(', ')
    expect(
      problemsOf(`prompts:\n  - text: "${names.map((name) => `{{${name}}}`).join('')}"\n    vars: {${vars}}`),
    ).toEqual(['3:5 prompts[0].vars the variables make more than 200000 prompts'])
    const long = 'x'.repeat(100_000)
    expect(problemsOf(`variables: {a: ${long}}\nprompts:\n  - text: "${'{{a}}'.repeat(1000)}"`)[0]).toMatch(
      /^3:11 .* has 100000000 characters/,
    )
    expect(
      problemsOf(
        `variables: {a: ${long}, n: ${JSON.stringify(Array.from({ length: 1000 }, (_, i) => i))}}\nprompts:\n  - text: "{{a}}{{n}}"\n    ungraded: true`,
      )[0],
    ).toMatch(/^3:11 .* more than 67108864 characters/)
  })
})

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

describe('a question and answer table', () => {
  it('chooses its grader by the answer, and names columns it leaves out', () => {
    const parsed = read(
      '\uFEFFQuestion;Answer;distance;tag:hard;remark\r\n2+2?;4;near;yes;x\r\nBest?;B;;;\r\nCapital?;Paris;far;;\r\n',
      'csv',
    )
    if (parsed.suite === null) throw new Error('not read')
    expect(parsed.suite.prompts.map(({ text, tags, grader }) => ({ text, tags, grader }))).toMatchObject([
      { text: '2+2?', tags: { distance: 'near', hard: 'yes' }, grader: { kind: 'number', expected: '4' } },
      { text: 'Best?', tags: {}, grader: { kind: 'choice', expected: 'B' } },
      { text: 'Capital?', tags: { distance: 'far' }, grader: { kind: 'contains', all: ['Paris'], ignoreCase: true } },
    ])
    expect(parsed.notes.map(({ message }) => message)).toEqual(['the column "remark" is not used'])
    expect(parsed.suite.description).toBe('The import left out 1 thing it could not take over.')
  })

  it('takes a grader from its own column', () => {
    const { prompts } = suiteOf(
      'text,expected,grader\na,b,exact\nc,^d,regex\ne,f,"{""kind"":""judge"",""criterion"":""polite""}"',
      'csv',
    )
    expect(prompts.map(({ grader }) => grader?.kind)).toEqual(['exact', 'regex', 'judge'])
  })
})

describe('the separator of a table', () => {
  it.each([',', ';', '\t'])('%j is told by the header, whatever the cells hold', (separator) => {
    const cell = '"a;b;c,d,e\tf\tg"'
    const { prompts } = suiteOf(
      `\n \nid${separator}question${separator}answer\n1${separator}${cell}${separator}x\n`,
      'csv',
    )
    expect(prompts.map(({ text }) => text)).toEqual(['a;b;c,d,e\tf\tg'])
  })

  it('is the one under which columns mean something', () => {
    const { prompts } = suiteOf('id;question, or the like, in words;question;grader\n1;a,b,c;Why?;none\n', 'csv')
    expect(prompts).toMatchObject([{ id: '1', text: 'Why?' }])
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

describe('digests', () => {
  const base = 'name: a\nprompts:\n  - {id: x, text: t, grader: {kind: exact, expected: e}'
  const hashOf = (text: string) => suiteOf(text).prompts[0]?.contentHash

  it('of a prompt change with what could change its result, and with nothing else', () => {
    expect(hashOf(`${base}}`)).toBe(hashOf(`${base.replace('id: x', 'id: y')}, tags: {a: b}}`))
    expect(hashOf(`${base}, system: ''}`)).toBe(hashOf(`${base}}`))
    for (const other of [
      base.replace('text: t', 'text: u'),
      base.replace('expected: e', 'expected: f'),
      `${base}, system: s`,
    ]) {
      expect(hashOf(`${other}}`)).not.toBe(hashOf(`${base}}`))
    }
  })

  it('of a suite are those of its JSON with sorted keys and without white space, however long it is', () => {
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, item]) => [key, sorted(item)]),
      )
    }
    for (const n of [1, 2000]) {
      const lines = Array.from({ length: n }, (_, i) =>
        JSON.stringify({ id: `p${i}`, text: `第${i}题 😀`, expected: i }),
      )
      const suite = suiteOf(lines.join('\n'), 'jsonl')
      const json = JSON.stringify(sorted(withoutHashes(suite)))
      expect(suite.hash).toBe(`sha256:${createHash('sha256').update(json).digest('hex')}`)
    }
  })

  it('of a suite change with anything in it', () => {
    expect(suiteOf(`${base}}`).hash).not.toBe(suiteOf(`${base}, tags: {a: b}}`).hash)
    expect(suiteOf(`${base}}`).hash).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})
