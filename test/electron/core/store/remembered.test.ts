import { beforeEach, describe, expect, it } from 'vitest'
import { endpointId, variantId, type CellId, type SuiteHash } from '#shared/domain/ids.ts'
import type { Store } from '#core/store/store.ts'
import { addRun, cellIds, failedRecord, makeRecord, makeRun, sha } from './store-fixtures.ts'
import { tempStore } from './temp-store.ts'

let store: Store
beforeEach(() => {
  store = tempStore()
})

describe('what is remembered', () => {
  it('is a variant by digest, the latest word on it', () => {
    const { run } = makeRun({ prompts: 1 })
    const { variant } = run.variants[0]!
    expect(store.variants.get(variant.digest)).toBeNull()
    store.variants.put(variant)
    store.variants.put({ ...variant, loaded: true })
    expect(store.variants.get(variant.digest)).toEqual({ ...variant, loaded: true })
  })

  it('is the digest of a file until its size or time changes', () => {
    store.variants.rememberFile('/m/a.gguf', 10, 123.456, sha('a'))
    expect(store.variants.knownFile('/m/a.gguf', 10, 123.456)).toBe(sha('a'))
    expect(store.variants.knownFile('/m/a.gguf', 11, 123.456)).toBeNull()
    expect(store.variants.knownFile('/m/a.gguf', 10, 123.457)).toBeNull()
    store.variants.rememberFile('/m/a.gguf', 11, 200, sha('b'))
    expect(store.variants.knownFile('/m/a.gguf', 11, 200)).toBe(sha('b'))
  })

  it('is what weights that Assay made came from', () => {
    expect(store.variants.madeFrom(sha('a'))).toBeNull()
    const source = variantId(endpointId('ollama'), 'qwq:32b')
    store.variants.rememberMade(sha('a'), { from: sha('b'), source, family: 'qwq 32b', sameTensors: false })
    const again = { from: sha('c'), source, family: 'qwq 32b', sameTensors: true }
    store.variants.rememberMade(sha('a'), again)
    expect(store.variants.madeFrom(sha('a'))).toEqual(again)
    expect(store.variants.madeFrom(sha('b'))).toBeNull()
  })

  it('is how long a cell takes and how many tokens it has: the mean of the finished ones', () => {
    const run = addRun(store, { prompts: 4, variants: ['F16', 'Q8_0'] })
    expect(store.cells.pace({ digest: sha('F16') })).toBeNull()
    const timings = { firstTokenMs: null, promptMs: null, generateMs: null }
    const [a, b, c, d, other] = cellIds(store, run)
    const record = (cell: CellId | undefined, totalMs: number, outputTokens: number) =>
      store.cells.record(makeRecord(cell!, { outputTokens, timings: { ...timings, totalMs } }))
    record(a, 1000, 10)
    record(b, 9000, 90)
    record(c, 2000, 20)
    record(other, 70_000, 100)
    store.cells.record(failedRecord(d!, { timings: { ...timings, totalMs: 500_000 } }))
    expect(store.cells.pace({ digest: sha('F16') })).toEqual({ seconds: 4, tokens: 40 })
    const { suites } = store.runs.get(run)!
    expect(store.cells.pace({ suite: suites[0]!.hash })).toEqual({ seconds: 20.5, tokens: 55 })
    expect(store.cells.pace({ digest: sha('F16'), suite: suites[0]!.hash })?.seconds).toBe(4)
    expect(store.cells.pace({ digest: sha('F16'), suite: sha('none') as SuiteHash })).toBeNull()
    expect(store.cells.pace({ digest: sha('F16'), besides: run })).toBeNull()
  })

  it('is any setting', () => {
    expect(store.settings.get('endpoints')).toBeUndefined()
    store.settings.set('endpoints', [{ id: 'box', url: 'http://127.0.0.1' }])
    store.settings.set('theme', null)
    expect(store.settings.get('endpoints')).toEqual([{ id: 'box', url: 'http://127.0.0.1' }])
    expect(store.settings.get('theme')).toBeNull()
    store.settings.set('endpoints', undefined)
    expect(store.settings.get('endpoints')).toBeUndefined()
  })
})
