import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { runId } from '#shared/domain/ids.ts'
import type { Store } from '#core/store/store.ts'
import {
  addRun,
  cellIds,
  failedRecord,
  makeJudgement,
  makePrompt,
  makeRecord,
  makeRun,
  makeSuite,
  sha,
} from './store-fixtures.ts'
import { tempStore } from './temp-store.ts'

let store: Store
let nowMs = 0
beforeEach(() => {
  nowMs = 1000
  store = tempStore({ now: () => nowMs })
})

describe('a run', () => {
  it('comes back as it was planned', () => {
    const { run, suite } = makeRun({ prompts: 3, variants: ['F16', 'Q8_0'], arms: ['forced', 'chat'], samples: 2 })
    store.suites.put(suite, 'user', 1)
    const id = store.runs.create(run)
    expect(store.runs.get(id)).toEqual({
      id,
      name: 'a run',
      state: 'planned',
      createdAtMs: 1000,
      startedAtMs: null,
      finishedAtMs: null,
      activeSeconds: 0,
      suites: run.plan.suites,
      variants: run.variants,
      arms: run.arms,
      samples: 2,
      counts: { total: 24, pending: 24, running: 0, done: 0, error: 0 },
      isProbeRun: false,
      spec: run.spec,
      plan: run.plan,
      error: null,
    })
    expect(store.runs.prompts(id)).toEqual(run.prompts)
  })

  it('is in the list, newest first, with the counts of its own cells', () => {
    const first = addRun(store, { prompts: 2 })
    const second = addRun(store, { prompts: 3 })
    const [one, two] = cellIds(store, first)
    store.cells.record(makeRecord(one!))
    store.cells.record(failedRecord(two!))
    expect(store.runs.list().map(({ id, counts }) => [id, counts.total, counts.done, counts.error])).toEqual([
      [second, 3, 0, 0],
      [first, 2, 1, 1],
    ])
    const { spec: _, plan: __, error: ___, ...summary } = store.runs.get(first)!
    expect(store.runs.list()[1]).toEqual(summary)
  })

  it('keeps its first start, and forgets its end when it goes on', () => {
    const id = addRun(store, { prompts: 1 })
    nowMs = 2000
    store.runs.setState(id, 'running')
    nowMs = 3000
    const error = { code: 'DISK_FULL', message: 'Full.', hint: null } as const
    store.runs.setState(id, 'failed', error)
    expect(store.runs.get(id)).toMatchObject({ state: 'failed', startedAtMs: 2000, finishedAtMs: 3000, error })
    nowMs = 4000
    store.runs.setState(id, 'running')
    expect(store.runs.get(id)).toMatchObject({ startedAtMs: 2000, finishedAtMs: null, error: null })
    store.runs.addActiveMs(id, 1500)
    store.runs.addActiveMs(id, 250.5)
    store.runs.rename(id, 'another')
    expect(store.runs.get(id)).toMatchObject({ name: 'another', activeSeconds: 1.7505 })
  })

  it('is a probe run when one of its suites is a probe pack', () => {
    const probe = {
      topic: 't',
      pair: 'p',
      role: 'sensitive',
      kind: 'factual',
      facts: [],
      minCore: 1,
      partyLineOk: false,
      sources: [],
    } as const
    const suite = makeSuite('pack', [makePrompt('p0', { probe: { ...probe, facts: [], sources: [] } })])
    expect(store.runs.get(addRun(store, { prompts: 1, suite }))?.isProbeRun).toBe(true)
  })

  it('is not stored at all when a prompt of it is not in the store or is another one', () => {
    const { run, suite } = makeRun({ prompts: 2 })
    expect(() => store.runs.create(run)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    store.suites.put(suite, 'user', 1)
    const prompts = run.prompts.map((prompt) => ({ ...prompt, contentHash: sha('edited') }))
    expect(() => store.runs.create({ ...run, prompts })).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
    expect(store.runs.list()).toEqual([])
  })

  it.each<[string, (store: Store) => unknown]>([
    ['delete', (s) => s.runs.delete(runId(9))],
    ['rename', (s) => s.runs.rename(runId(9), 'x')],
    ['setState', (s) => s.runs.setState(runId(9), 'done')],
    ['setWish', (s) => s.runs.setWish(runId(9), 'pause')],
    ['cells.page', (s) => s.cells.page(runId(9), { offset: 0, limit: 1 })],
    ['cells.counts', (s) => s.cells.counts(runId(9))],
    ['traces.search', (s) => s.traces.search(runId(9), 'x', { offset: 0, limit: 1 })],
  ])('that is not there is NOT_FOUND for %s', (_name, action) => {
    expect(() => action(store)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    expect(store.runs.get(runId(9))).toBeNull()
  })
})

describe('deleting a run', () => {
  it('takes all that was its own, leaves all that others use, and never gives its number again', () => {
    const kept = addRun(store, { prompts: 2 })
    const gone = addRun(store, { prompts: 2 })
    for (const run of [kept, gone]) {
      store.runs.putRenders(run, [{ promptIndex: 0, text: 'shared', by: 'jinja', templateHash: sha('t') }])
      for (const id of cellIds(store, run)) {
        const tokens = [{ text: 'x', logprob: -1, id: 1, alternatives: [] }]
        const renderedPrompt = id % 2 === 0 ? 'shared' : `only of ${run}`
        store.cells.record(makeRecord(id, { tokens, renderedPrompt, judgement: makeJudgement('refused') }))
      }
    }
    expect(store.traces.search(gone, 'think', { offset: 0, limit: 5 }).total).toBe(2)
    store.runs.takeLease(gone, 'a', 0, 1000)
    store.runs.delete(gone)
    const db = new DatabaseSync(store.path)
    const rows = (table: string) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']
    const tables = [
      'run',
      'execution',
      'run_variant',
      'run_prompt',
      'cell',
      'generation',
      'token_list',
      'label_record',
      'rendered',
      'trace_index_docsize',
      'word_queue',
    ]
    expect(tables.map((table) => [table, rows(table)])).toEqual([
      ['run', 1],
      ['execution', 1],
      ['run_variant', 1],
      ['run_prompt', 2],
      ['cell', 2],
      ['generation', 2],
      ['token_list', 2],
      ['label_record', 2],
      ['rendered', 2],
      ['trace_index_docsize', 2],
      ['word_queue', 0],
    ])
    db.close()
    expect(store.check()).toEqual([])
    expect(store.traces.search(kept, 'think', { offset: 0, limit: 5 }).total).toBe(2)
    expect(store.runs.render(kept, 0)?.text).toBe('shared')
    const next = addRun(store, { prompts: 1 })
    expect(next).toBe(gone + 1)
    expect(cellIds(store, next)[0]).toBe(5)
  })
})

describe('renders', () => {
  it('are kept as written, and missing where none was put', () => {
    const run = addRun(store, { prompts: 3 })
    expect(store.runs.unrendered(run)).toEqual([0, 1, 2])
    const render = { promptIndex: 1, text: '<｜User｜>\ud83dWhy?\0', by: 'family', templateHash: sha('t') } as const
    store.runs.putRenders(run, [render])
    expect(store.runs.render(run, 1)).toEqual(render)
    expect(store.runs.render(run, 0)).toBeNull()
    expect(store.runs.unrendered(run)).toEqual([0, 2])
  })

  it('are all put or none', () => {
    const run = addRun(store, { prompts: 1 })
    const render = (promptIndex: number) => ({ promptIndex, text: 'x', by: 'jinja', templateHash: sha('t') }) as const
    expect(() => store.runs.putRenders(run, [render(0), render(7)])).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    )
    expect(store.runs.unrendered(run)).toEqual([0])
  })
})
