import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '#core/store/store.ts'
import { addRun, cellIds, failedRecord, makeJudgement, makeRecord, sha } from './store-fixtures.ts'
import { tempStore } from './temp-store.ts'

let store: Store
beforeEach(() => {
  store = tempStore({ now: () => 5000 })
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
    store = tempStore({ path: store.path })
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
