import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readGridCode } from '#shared/domain/grid.ts'
import type { CellId, RunId } from '#shared/domain/ids.ts'
import { isCutOff } from '#shared/domain/words.ts'
import { openStore } from '#core/store/open-store.ts'
import type { CellFilter, CellSort, Store } from '#core/store/store.ts'
import {
  addRun,
  cellIds,
  failedRecord,
  makeJudgement,
  makePrompt,
  makeRecord,
  makeSuite,
  sha,
  tempFolder,
} from './store-fixtures.ts'

let temp: ReturnType<typeof tempFolder>
let store: Store

beforeEach(() => {
  temp = tempFolder()
  store = openStore({ path: temp.storePath, now: () => 5000 })
})

afterEach(() => {
  store.close()
  temp.remove()
})

describe('a new run', () => {
  it('has every cell once, pending, in schedule order: variant, arm, sample, prompt', () => {
    const run = addRun(store, { prompts: 2, variants: ['F16', 'Q8_0'], arms: ['forced', 'natural'], samples: 2 })
    const missing = store.cells.missing(run, { errors: false })
    const places = missing.map((cell) => `${cell.variantIndex} ${cell.arm} ${cell.sample} ${cell.promptIndex}`)
    const expected = [0, 1].flatMap((variant) =>
      ['forced', 'natural'].flatMap((arm) =>
        [0, 1].flatMap((sample) => [0, 1].map((prompt) => `${variant} ${arm} ${sample} ${prompt}`)),
      ),
    )
    expect(places).toEqual(expected)
    expect(missing.every(({ state }) => state === 'pending')).toBe(true)
    expect(store.cells.counts(run)).toEqual({ total: 16, pending: 16, running: 0, done: 0, error: 0 })
  })

  it('names each of its cells by a key of its own', () => {
    const run = addRun(store, { prompts: 3, variants: ['F16', 'Q8_0'], samples: 2 })
    const cells = [...store.cells.each(run)]
    expect(new Set(cells.map(({ key }) => key)).size).toBe(12)
    const { contentHash } = makePrompt('p2')
    expect(cells.at(-1)?.key).toBe(`${run}/${sha('Q8_0').slice(7, 19)}/quick/p2@${contentHash.slice(7, 19)}/natural/1`)
  })

  it('keeps the cells of other runs out of everything', () => {
    const first = addRun(store, { prompts: 3 })
    const second = addRun(store, { prompts: 2 })
    for (const id of cellIds(store, first)) store.cells.record(makeRecord(id, { thinking: 'first run' }))
    expect(store.cells.counts(second)).toMatchObject({ total: 2, pending: 2 })
    expect(store.cells.facts(second)).toHaveLength(2)
    expect(store.cells.grid(second)).toEqual(Uint8Array.of(0, 0))
    expect(store.traces.search(second, 'first', { offset: 0, limit: 10 }).total).toBe(0)
    expect(store.cells.page(first, { offset: 0, limit: 1 }).total).toBe(3)
    expect(store.cells.find(second, 0, 1, 'natural', 0)?.run).toBe(second)
    expect(store.cells.find(second, 0, 2, 'natural', 0)).toBeNull()
  })
})

describe('recording a cell', () => {
  it('gives back the trace as it was handed over', () => {
    const run = addRun(store, { prompts: 1 })
    const [id] = cellIds(store, run)
    const record = makeRecord(id!, {
      judgement: makeJudgement('partial'),
      logprobsMissing: 2,
      attempts: 3,
      tokens: [{ text: 'Let', logprob: -0.5, id: 17, alternatives: [{ text: 'Now', logprob: null, id: null }] }],
    })
    store.cells.record(record)
    const { cell: _, state: __, thinkingTokens, tokens, judgement, ...rest } = record
    const trace = store.traces.get(id!)
    expect(trace).toEqual({ ...rest, cell: store.cells.get(id!), prompt: 'What is p0?' })
    expect(store.cells.get(id!)).toMatchObject({
      state: 'done',
      correct: true,
      outcome: 'partial',
      tokens: 34,
      thinkingTokens,
      tokensPerSecond: 200,
      firstTokenMs: 12.5,
    })
    expect(store.traces.tokens(id!)).toEqual(tokens)
    expect(store.labels.history(id!)).toEqual([
      { id: 1, cell: id, outcome: 'partial', source: 'rules', by: 'rules/1', reason: null, judgement, atMs: 5000 },
    ])
  })

  it.each([
    ['nothing', ''],
    ['a NUL', 'a\0b'],
    ['half a surrogate pair', `cut \ud83d here ${'and a long rest '.repeat(20)}`],
    ['every kind of line end', '\r\n \n \r \u2028'],
    ['a long text', '思考 thinking … '.repeat(2000)],
    ['a byte order mark', '\ufeffstart'],
  ])('keeps %s in a raw text to the last unit', (_name, raw) => {
    const run = addRun(store, { prompts: 1 })
    const [id] = cellIds(store, run)
    store.cells.record({ ...makeRecord(id!), raw, renderedPrompt: raw })
    store.close()
    store = openStore({ path: temp.storePath })
    const trace = store.traces.get(id!)
    expect(trace?.raw).toBe(raw)
    expect(trace?.renderedPrompt).toBe(raw)
  })

  it('stores a configuration and a rendered prompt once for all cells that share them', () => {
    const run = addRun(store, { prompts: 20 })
    const before = store.sizeBytes()
    const renderedPrompt = Array.from({ length: 3000 }, (_, index) => sha(String(index))).join(' ')
    for (const id of cellIds(store, run)) store.cells.record(makeRecord(id, { renderedPrompt }))
    store.compact()
    // One copy deflates to about 120 kB; twenty would be over 2 MB.
    expect(store.sizeBytes() - before).toBeLessThan(300_000)
    expect([...store.cells.each(run)].every(({ id }) => store.traces.get(id)?.renderedPrompt === renderedPrompt)).toBe(
      true,
    )
  })

  it('replaces an earlier attempt whole: text, tokens and search words', () => {
    const run = addRun(store, { prompts: 1 })
    const [id] = cellIds(store, run)
    const tokens = [{ text: 'x', logprob: -1, id: 1, alternatives: [] }]
    store.cells.record(
      failedRecord(id!, { raw: 'zebra', tokens, split: { ...makeRecord(id!).split, thinking: { start: 0, end: 5 } } }),
    )
    expect(store.traces.search(run, 'zebra', { offset: 0, limit: 5 }).total).toBe(1)
    store.cells.record(makeRecord(id!, { attempts: 2 }))
    expect(store.traces.search(run, 'zebra', { offset: 0, limit: 5 }).total).toBe(0)
    expect(store.traces.tokens(id!)).toBeNull()
    expect(store.traces.get(id!)).toMatchObject({ attempts: 2, error: null })
    expect(store.cells.counts(run)).toMatchObject({ total: 1, done: 1, error: 0 })
    expect(store.check()).toEqual([])
  })

  it('writes nothing at all when a part of it cannot be written', () => {
    const run = addRun(store, { prompts: 1 })
    const [id] = cellIds(store, run)
    const broken = makeRecord(id!, { tokens: [{ text: 'x', logprob: 0, id: -5, alternatives: [] }] })
    expect(() => store.cells.record(broken)).toThrow(RangeError)
    expect(store.traces.get(id!)).toBeNull()
    expect(store.cells.missing(run, { errors: false })).toHaveLength(1)
  })

  it('refuses a cell that is not there', () => {
    const run = addRun(store, { prompts: 1 })
    const [id] = cellIds(store, run)
    store.runs.delete(run)
    expect(() => store.cells.record(makeRecord(id!))).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})

describe('errors', () => {
  let run: RunId
  beforeEach(() => {
    run = addRun(store, { prompts: 4 })
    const [first, second, third] = cellIds(store, run)
    store.cells.record(makeRecord(first!))
    store.cells.record(failedRecord(second!))
    store.cells.record(failedRecord(third!))
  })

  it('are missing only when asked for', () => {
    expect(store.cells.missing(run, { errors: false }).map(({ promptIndex }) => promptIndex)).toEqual([3])
    expect(store.cells.missing(run, { errors: true }).map(({ promptIndex }) => promptIndex)).toEqual([1, 2, 3])
  })

  it('become pending again, and keep their partial text until it is replaced', () => {
    expect(store.cells.resetErrors(run)).toBe(2)
    expect(store.cells.counts(run)).toMatchObject({ pending: 3, error: 0, done: 1 })
    const cell = store.cells.find(run, 0, 1, 'natural', 0)
    expect(cell).toMatchObject({ state: 'pending', tokens: null, errorCode: null, endReason: null })
    expect(store.traces.get(cell!.id)).toMatchObject({ raw: 'I was cut</think>', endReason: 'timeout' })
    expect(store.cells.facts(run)[1]).toMatchObject({ state: 'pending', tokens: null, rawHash: null })
  })
})

describe('a cell that was cut off', () => {
  const cutOff = (cell: CellId) =>
    failedRecord(cell, {
      state: 'pending',
      endReason: 'cancelled',
      error: { code: 'CANCELLED', message: '', hint: null },
    })

  it('is missing and no error, and its text can be read', () => {
    const run = addRun(store, { prompts: 2 })
    const [first] = cellIds(store, run)
    store.cells.record(cutOff(first!))
    expect(store.cells.counts(run)).toMatchObject({ pending: 2, error: 0 })
    expect(store.cells.missing(run, { errors: false })).toHaveLength(2)
    const cell = store.cells.get(first!)
    expect(cell).toMatchObject({ state: 'pending', endReason: 'cancelled', errorCode: null, tokens: null })
    expect(cell !== null && isCutOff(cell)).toBe(true)
    expect(store.traces.get(first!)).toMatchObject({ raw: 'I was cut</think>', error: { code: 'CANCELLED' } })
    store.cells.record(makeRecord(first!))
    expect(store.cells.get(first!)).toMatchObject({ state: 'done', endReason: 'stop' })
  })

  it('never takes the place of one that another executor has finished', () => {
    const run = addRun(store, { prompts: 1 })
    const [only] = cellIds(store, run)
    store.cells.record(makeRecord(only!))
    const before = store.traces.get(only!)
    store.cells.record(cutOff(only!))
    expect(store.cells.counts(run)).toMatchObject({ done: 1, pending: 0 })
    expect(store.traces.get(only!)).toEqual(before)
  })
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

describe('deriving again', () => {
  it('replaces split, grade and search words, and logs a label only when the rules say something new', () => {
    const run = addRun(store, { prompts: 1 })
    const [id] = cellIds(store, run)
    const judgement = makeJudgement('partial')
    const record = makeRecord(id!, { thinking: 'alpha', answer: 'omega', judgement })
    store.cells.record(record)
    const split = {
      ...record.split,
      thinkState: 'absent',
      thinking: { start: 0, end: 0 },
      answer: { start: 0, end: record.raw.length },
      version: 'splitter/2',
    } as const
    store.cells.setDerived(id!, { split, grade: null, judgement })
    expect(store.traces.get(id!)).toMatchObject({ split, grade: null })
    expect(store.cells.get(id!)).toMatchObject({ thinkState: 'absent', correct: null })
    expect(store.traces.search(run, 'alpha', { part: 'thinking', offset: 0, limit: 5 }).total).toBe(0)
    expect(store.traces.search(run, 'alpha', { part: 'answer', offset: 0, limit: 5 }).total).toBe(1)
    expect(store.labels.history(id!)).toHaveLength(1)
    store.cells.setDerived(id!, {
      split,
      grade: null,
      judgement: makeJudgement('refused', { rulesVersion: 'rules/2' }),
    })
    expect(store.labels.history(id!).map(({ outcome, by }) => [outcome, by])).toEqual([
      ['partial', 'rules/1'],
      ['refused', 'rules/2'],
    ])
  })

  it('may be done while the cells are being read', () => {
    const run = addRun(store, { prompts: 1200 })
    for (const id of cellIds(store, run)) store.cells.record(makeRecord(id))
    let seen = 0
    for (const cell of store.cells.each(run)) {
      seen += 1
      store.cells.setGrade(cell.id, { kind: 'graded', correct: false, found: null, version: 'g2' })
    }
    expect(seen).toBe(1200)
    expect(store.cells.page(run, { filter: { correct: false }, offset: 0, limit: 1 }).total).toBe(1200)
  })
})
