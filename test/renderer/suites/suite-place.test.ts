import { Text } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { placeAt } from '../../../renderer/screens/suites/editor/code/schema/place-at.ts'

/** The place of the bar in a text: what holds it, what it is, the word it is in, and the keys beside it. */
function placed(text: string, format: 'yaml' | 'json' = 'yaml') {
  const at = text.indexOf('|')
  const doc = Text.of((text.slice(0, at) + text.slice(at + 1)).split('\n'))
  const place = placeAt(doc, at, format)
  if (place === null) return null
  const { path, role, from, to, siblings } = place
  return `${role} ${path.join('.')} "${doc.sliceString(from, to)}" beside ${[...siblings.keys()].toSorted().join(' ')}`.trim()
}

const suite = 'name: a\nprompts:\n  - id: one\n    text: What?\n'

describe('a place in YAML', () => {
  it.each([
    ['|', 'key  "" beside'],
    ['na|', 'key  "na" beside'],
    [`${suite}|`, 'key  "" beside name prompts'],
    ['na|me: a\nprompts:\n', 'key  "name" beside prompts'],
    ['prompts:\n  - |', 'key prompts.* "" beside'],
    ['prompts:\n- |', 'key prompts.* "" beside'],
    ['prompts:\n- id: a\n  |', 'key prompts.* "" beside id'],
    [`${suite}    |`, 'key prompts.* "" beside id text'],
    [`${suite}    gra|\n    lang: en\n  - id: two\n    pair: x\n`, 'key prompts.* "gra" beside id lang text'],
    [`${suite}    grader: |`, 'value prompts.*.grader "" beside id text'],
    [`${suite}    grader: num|ber  # so\n`, 'value prompts.*.grader "number" beside id text'],
    [`${suite}    grader:\n      kind: number\n      |`, 'key prompts.*.grader "" beside kind'],
    [`${suite}    grader:\n      |\n      kind: number\n`, 'key prompts.*.grader "" beside kind'],
    [`${suite}    tags:\n      distance: |`, 'value prompts.*.tags.distance "" beside'],
    [`${suite}    vars:\n      - x: 1\n      - |`, 'key prompts.*.vars.* "" beside'],
    [`${suite}    grader: {|`, 'key prompts.*.grader "" beside'],
    [`${suite}    grader: {kind: |`, 'value prompts.*.grader.kind "" beside kind'],
    [`${suite}    grader: { kind: number, |\n  - id: two\n    text: x\n`, 'key prompts.*.grader "" beside kind'],
    [`${suite}    grader: {tol|, kind: number}\n`, 'key prompts.*.grader "tol" beside kind'],
    [
      `${suite}    grader:\n      {\n        kind: number,\n        |\n      }\n`,
      'key prompts.*.grader "" beside kind',
    ],
    ['prompts:\n  - {text: "a, {b", |', 'key prompts.* "" beside text'],
    ['defaults: {tags: {distance: ne|', 'value defaults.tags.distance "ne" beside distance'],
    [`# all\n${suite}\n  # more\n    |`, 'key prompts.* "" beside id text'],
  ])('%j: %s', (text, place) => {
    expect(placed(text)).toBe(place)
  })

  it.each([
    ['in a comment', 'name: a # na|'],
    ['in a text', `${suite}    system: |-\n      na|`.replace('|-', '>-')],
    ['in a text that goes on', 'prompts:\n  - text: What\n      is|'],
    ['in a sentence', 'prompts:\n  - what is|'],
    ['before the blank behind a colon', 'name:|'],
    ['before the blank behind a dash', 'prompts:\n  -|'],
  ])('is none %s', (_, text) => {
    expect(placed(text)).toBeNull()
  })

  it('is found at the end of a text of a megabyte without reading it all', () => {
    const long = `prompts:\n${'  - id: a\n    text: What is this, in words?\n    expected: 1\n'.repeat(18_000)}  - |`
    expect(placed(long)).toBe('key prompts.* "" beside')
  })
})

describe('a place in JSON', () => {
  it.each([
    ['{|', 'key  "" beside'],
    ['{"na|', 'key  ""na" beside'],
    ['{"name": "a", "prompts": [{|}]}', 'key prompts.* "" beside'],
    ['{"name": "a", "prompts": [{"id": "x", "|"}]}', 'key prompts.* """" beside id'],
    [
      '{"prompts": [{"id": "x", "grader": {"kind": "|"}}], "name": "a"}',
      'value prompts.*.grader.kind """" beside kind',
    ],
    [
      '{"prompts": [{"grader": {"kind": "number",\n  |\n "expected": 1}}]}',
      'key prompts.*.grader "" beside expected kind',
    ],
    ['{"prompts": [{"id": "x"}, |]}', 'value prompts.* "" beside'],
  ])('%j: %s', (text, place) => {
    expect(placed(text, 'json')).toBe(place)
  })

  it('is none behind its end', () => expect(placed('{"name": "a"} |', 'json')).toBeNull())
})
