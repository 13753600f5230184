import { beforeEach, describe, expect, it } from 'vitest'
import { readGridCode } from '#shared/domain/grid.ts'
import type { RunId } from '#shared/domain/ids.ts'
import type { CellFilter, CellSort, Store } from '#core/store/store.ts'
import { addRun, cellIds, failedRecord, makeJudgement, makePrompt, makeRecord, makeSuite } from './store-fixtures.ts'
import { tempStore } from './temp-store.ts'

let store: Store
beforeEach(() => {
  store = tempStore({ now: () => 5000 })
})

describe('a page of cells', () => {
  let run: RunId
  beforeEach(() => {
    const suite = makeSuite('tagged', [
      makePrompt('b', { tags: { distance: 'far', 'odd.name"': 'x' } }),
      makePrompt('a', { tags: { distance: 'near' } }),
      makePrompt('c'),
    ])
    run = addRun(store, { prompts: 3, suite, variants: ['F16', 'Q2_K'], arms: ['natural', 'forced'] })
    cellIds(store, run).forEach((id, index) => {
      if (index === 0) return
      const wrong = { kind: 'graded', correct: false, found: null, version: 'g' } as const
      const record = makeRecord(id, {
        outputTokens: 100 - index,
        thinking: `idea ${index}`,
        ...(index > 8 ? { grade: wrong } : {}),
      })
      if (index === 5) store.cells.record(failedRecord(id))
      else if (index === 6)
        store.cells.record({ ...record, judgement: makeJudgement('refused', { needsReview: true }) })
      else store.cells.record(record)
    })
  })

  const places = (filter: CellFilter) =>
    store.cells.page(run, { filter, offset: 0, limit: 100 }).rows.map(({ id }) => id - firstId())
  const firstId = () => store.cells.find(run, 0, 0, 'natural', 0)!.id

  it.each<[string, CellFilter, readonly number[]]>([
    ['nothing', {}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['variants', { variantIndexes: [1] }, [6, 7, 8, 9, 10, 11]],
    ['arms', { arms: ['forced'], variantIndexes: [0] }, [3, 4, 5]],
    ['states', { states: ['pending', 'error'] }, [0, 5]],
    ['a state that only an executor knows', { states: ['running'] }, []],
    ['think states', { thinkStates: ['skipped'] }, []],
    ['outcomes', { outcomes: ['refused', 'complied'] }, [6]],
    ['failures, by the outcome that means the same', { outcomes: ['error', 'refused'] }, [5, 6]],
    ['wrong answers', { correct: false }, [9, 10, 11]],
    ['waiting for review', { needsReview: true }, [6]],
    ['prompts', { promptIndexes: [2] }, [2, 5, 8, 11]],
    ['no prompt at all', { promptIndexes: [] }, []],
    ['a tag', { tag: { name: 'distance', value: 'near' } }, [1, 4, 7, 10]],
    ['a tag with an odd name', { tag: { name: 'odd.name"', value: 'x' } }, [0, 3, 6, 9]],
    ['words', { query: 'idea' }, [1, 2, 3, 4, 6, 7, 8, 9, 10, 11]],
    ['words of one part', { query: 'idea 7' }, [7]],
    ['words, or prompts that hold them', { query: 'idea 7', queryPrompts: [0] }, [0, 3, 6, 7, 9]],
    ['a query of white space', { query: '  ', states: ['error'] }, [5]],
    ['a query without words', { query: '*** ""' }, []],
    ['several at once', { correct: true, arms: ['natural'], variantIndexes: [0], query: 'idea' }, [1, 2]],
  ])('holds what passes a filter on %s', (_name, filter, expected) => {
    expect(places(filter)).toEqual(expected)
  })

  const sorted = (sort: CellSort, descending = false) =>
    store.cells.page(run, { sort, descending, offset: 0, limit: 100 }).rows

  it('puts what is not known last in both directions', () => {
    const up = sorted('tokens').map(({ tokens }) => tokens)
    const down = sorted('tokens', true).map(({ tokens }) => tokens)
    expect(up.at(-1)).toBeNull()
    expect(down.at(-1)).toBeNull()
    const known = up.filter((tokens) => tokens !== null)
    expect(known).toEqual(known.toSorted((a, b) => a - b))
    expect(down.slice(0, -1)).toEqual(known.toReversed())
  })

  it('puts the cells of a prompt together, in the run’s order', () => {
    expect(sorted('prompt').map(({ promptIndex }) => promptIndex)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
  })

  it('sorts by prompt id, and keeps schedule order among equals', () => {
    expect(
      sorted('promptId')
        .map(({ promptId }) => promptId)
        .join(''),
    ).toBe('aaaabbbbcccc')
    const ids = sorted('promptId')
      .slice(0, 4)
      .map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  })

  it('sorts prompt ids as people do: p2 before p10', () => {
    const suite = makeSuite(
      'numbered',
      ['p10', 'p2', 'p1'].map((id) => makePrompt(id)),
    )
    const numbered = addRun(store, { prompts: 3, suite })
    const { rows } = store.cells.page(numbered, { sort: 'promptId', offset: 0, limit: 3 })
    expect(rows.map(({ promptId }) => promptId)).toEqual(['p1', 'p2', 'p10'])
  })

  it.each<CellSort>(['order', 'thinkingTokens', 'tokensPerSecond', 'firstTokenMs', 'state', 'outcome'])(
    'shows every cell once when sorted by %s and read page by page',
    (sort) => {
      const seen = [0, 5, 10].flatMap((offset) => {
        const page = store.cells.page(run, { sort, descending: true, offset, limit: 5 })
        expect(page.total).toBe(12)
        return page.rows.map(({ id }) => id)
      })
      expect(seen.toSorted((a, b) => a - b)).toEqual([...store.cells.each(run)].map(({ id }) => id))
    },
  )

  it('has a grid with one byte a cell in schedule order', () => {
    const codes = [...store.cells.grid(run)].map(readGridCode)
    expect(codes).toHaveLength(12)
    expect(codes[0]).toEqual({ state: 'pending', outcome: null, needsReview: false })
    expect(codes[5]).toEqual({ state: 'error', outcome: null, needsReview: false })
    expect(codes[6]).toEqual({ state: 'correct', outcome: 'refused', needsReview: true })
    expect(codes[9]).toEqual({ state: 'wrong', outcome: null, needsReview: false })
  })

  it('has facts that tell ungradable from not graded, and equal texts from different ones', () => {
    const other = store.cells.find(run, 0, 1, 'natural', 0)!
    store.cells.setGrade(other.id, { kind: 'ungradable', reason: 'no number', version: 'g' })
    const facts = store.cells.facts(run)
    expect(facts[0]).toMatchObject({ graded: false, correct: null, rawHash: null })
    expect(facts[1]).toMatchObject({ graded: true, correct: null, promptTokens: 12 })
    expect(facts[2]).toMatchObject({ graded: true, correct: true })
    expect(facts[1]?.rawHash).not.toBe(facts[2]?.rawHash)
    store.cells.record(makeRecord(other.id, { thinking: 'idea 2' }))
    expect(store.cells.facts(run)[1]?.rawHash).toBe(facts[2]?.rawHash)
  })
})
