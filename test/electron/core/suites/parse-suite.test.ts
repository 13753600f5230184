import { describe, expect, it } from 'vitest'
import { suiteOf } from './suite-text.ts'

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
