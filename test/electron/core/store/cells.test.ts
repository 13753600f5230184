import { beforeEach, describe, expect, it } from 'vitest'
import type { CellId, RunId } from '#shared/domain/ids.ts'
import { isCutOff } from '#shared/domain/words.ts'
import type { Store } from '#core/store/store.ts'
import { addRun, cellIds, failedRecord, makePrompt, makeRecord, sha } from './store-fixtures.ts'
import { tempStore } from './temp-store.ts'

let store: Store
beforeEach(() => {
  store = tempStore({ now: () => 5000 })
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
