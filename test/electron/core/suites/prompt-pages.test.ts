import { describe, expect, it } from 'vitest'
import { hashSuite } from '#core/suites/hash-suite.ts'
import { countValues, promptPage, promptView, type PromptFilter, type PromptSort } from '#core/suites/prompt-pages.ts'
import { suiteSchema } from '#shared/domain/suite.ts'

const probe = { topic: 'The strait', pair: 'p1', role: 'sensitive' }
const suite = hashSuite(
  suiteSchema.parse({
    schema: 'assay-suite/1',
    name: 'a',
    prompts: [
      {
        id: 'q10',
        text: 'What is 6 × 7?',
        grader: { kind: 'number', expected: 42 },
        tags: { distance: 'far' },
        pair: 'x',
      },
      {
        id: 'q2',
        text: 'Capital of FRANCE?',
        grader: { kind: 'contains', all: ['Paris'] },
        tags: { family: 'capitals' },
      },
      { id: 'q1', text: '首都是哪里？', lang: 'zh-Hans', tags: { distance: 'benchmark' }, pair: 'x', probe },
      { id: 'q3', text: `${'long '.repeat(200)}end`, tags: { distance: 'odd', family: 'capitals' } },
    ],
  }),
)

const ids = (filter: PromptFilter, sort: PromptSort = 'order', descending = false) =>
  promptPage(suite, { filter, sort, descending, offset: 0, limit: 10 }).rows.map(({ id }) => id)

describe('a page of prompts', () => {
  it('has the prompts that fit everything asked for', () => {
    expect(ids({})).toEqual(['q10', 'q2', 'q1', 'q3'])
    expect(ids({ distance: 'far' })).toEqual(['q10'])
    expect(ids({ family: 'capitals' })).toEqual(['q2', 'q3'])
    expect(ids({ family: 'capitals', grader: 'none' })).toEqual(['q3'])
    expect(ids({ grader: 'number' })).toEqual(['q10'])
    expect(ids({ lang: 'zh-Hans' })).toEqual(['q1'])
    expect(ids({ role: 'none' })).toEqual(['q10', 'q2', 'q3'])
    expect(ids({ role: 'sensitive', lang: 'en' })).toEqual([])
  })

  it('finds a text in ids, questions, expected answers and topics, whatever the case', () => {
    expect(ids({ query: 'france' })).toEqual(['q2'])
    expect(ids({ query: 'PARIS' })).toEqual(['q2'])
    expect(ids({ query: '首都' })).toEqual(['q1'])
    expect(ids({ query: 'STRAIT' })).toEqual(['q1'])
    expect(ids({ query: 'q1' })).toEqual(['q10', 'q1'])
    expect(ids({ query: ' 42 ' })).toEqual(['q10'])
    expect(ids({ query: '.*' })).toEqual([])
  })

  it('is sorted: ids by their numbers, distances from benchmark to far, texts by length', () => {
    expect(ids({}, 'id')).toEqual(['q1', 'q2', 'q3', 'q10'])
    expect(ids({}, 'id', true)).toEqual(['q10', 'q3', 'q2', 'q1'])
    expect(ids({}, 'distance')).toEqual(['q1', 'q10', 'q2', 'q3'])
    expect(ids({}, 'length')).toEqual(['q1', 'q10', 'q2', 'q3'])
    expect(ids({}, 'grader')).toEqual(['q1', 'q3', 'q2', 'q10'])
    expect(ids({}, 'order', true)).toEqual(['q3', 'q1', 'q2', 'q10'])
  })

  it('is cut out of all that fit, which are counted, and keeps each prompt’s place in the suite', () => {
    const page = promptPage(suite, {
      filter: { family: 'capitals' },
      sort: 'order',
      descending: false,
      offset: 1,
      limit: 1,
    })
    expect(page.total).toBe(2)
    expect(page.rows).toHaveLength(1)
    expect(page.rows[0]).toMatchObject({ index: 3, id: 'q3', expected: null, grader: null, role: null, pair: null })
    expect(page.rows[0]?.text).toHaveLength(401)
  })
})

describe('one prompt', () => {
  it('is shown whole, with the wordings of its pair', () => {
    const view = promptView(suite, 0)
    expect(view.prompt).toEqual(suite.prompts[0])
    expect(view.expected).toBe('42')
    expect(view.wordings.map(({ index }) => index)).toEqual([0, 2])
    expect(promptView(suite, 3).prompt.text).toHaveLength(1003)
    expect(promptView(suite, 1).wordings).toEqual([])
  })

  it('that is not there is an error', () => {
    expect(() => promptView(suite, 4)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})

it('values are counted, distances in their order and the rest by number', () => {
  expect(countValues(suite.prompts)).toEqual({
    distance: [
      { value: 'benchmark', n: 1 },
      { value: 'far', n: 1 },
      { value: 'odd', n: 1 },
    ],
    family: [{ value: 'capitals', n: 2 }],
    grader: [
      { value: 'none', n: 2 },
      { value: 'number', n: 1 },
      { value: 'contains', n: 1 },
    ],
    lang: [
      { value: 'en', n: 3 },
      { value: 'zh-Hans', n: 1 },
    ],
    role: [
      { value: 'none', n: 3 },
      { value: 'sensitive', n: 1 },
    ],
  })
})
