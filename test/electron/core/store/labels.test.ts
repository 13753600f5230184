import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { cellId, type CellId, type RunId } from '#shared/domain/ids.ts'
import type { LabelRecord, Outcome } from '#shared/domain/label.ts'
import { openDatabase } from '#core/store/open-database.ts'
import type { Store } from '#core/store/store.ts'
import { addRun, cellIds, failedRecord, makeJudgement, makeRecord } from './store-fixtures.ts'
import { tempStore } from './temp-store.ts'

let store: Store
let run: RunId
let cell: CellId

beforeEach(() => {
  store = tempStore({ now: () => 5000 })
  run = addRun(store, { prompts: 2 })
  cell = cellIds(store, run)[0]!
})

const say = (source: LabelRecord['source'], outcome: Outcome, rest: Partial<LabelRecord> = {}) =>
  store.labels.append({ cell, outcome, source, by: `${source}/1`, reason: null, judgement: null, atMs: 6000, ...rest })

describe('the label log', () => {
  it('gives back every line as it was written, in order', () => {
    const first = say('rules', 'partial', { judgement: makeJudgement('partial') })
    const second = say('person', 'refused', { by: 'Ada', reason: 'It says "no".\nTwice.' })
    expect(store.labels.history(cell)).toEqual([first, second])
    expect(second.id).toBeGreaterThan(first.id)
    expect(store.labels.history(cellId(cell + 1))).toEqual([])
  })

  it('counts the last word of a person, else of a judge, else of the rules', () => {
    const counts = () => [store.labels.latest(run).get(cell)?.outcome, store.cells.get(cell)?.outcome]
    expect(counts()).toEqual([undefined, null])
    say('rules', 'partial')
    expect(counts()).toEqual(['partial', 'partial'])
    say('judge', 'deflected')
    say('rules', 'refused')
    expect(counts()).toEqual(['deflected', 'deflected'])
    say('person', 'complied')
    say('person', 'party_line')
    say('judge', 'refused')
    expect(counts()).toEqual(['party_line', 'party_line'])
    expect(store.labels.latest(run).size).toBe(1)
  })

  it('waits for review until a person has spoken, and again when that label is taken back', () => {
    say('rules', 'partial', { judgement: makeJudgement('partial', { needsReview: true }) })
    expect([store.labels.toReview(), store.cells.get(cell)?.needsReview]).toEqual([1, true])
    say('person', 'complied')
    expect([store.labels.toReview(), store.cells.get(cell)?.needsReview]).toEqual([0, false])
    say('person', 'none')
    expect(store.labels.toReview()).toBe(1)
    store.runs.delete(run)
    expect(store.labels.toReview()).toBe(0)
  })

  it('counts again what was said before a person who takes a label back, and never another person’s word', () => {
    const counts = () => {
      const { source, outcome, by } = store.labels.latest(run).get(cell)!
      return [source, outcome, by, store.cells.get(cell)?.outcome, store.cells.get(cell)?.needsReview]
    }
    say('rules', 'deflected', { judgement: makeJudgement('deflected', { needsReview: false }) })
    say('person', 'partial', { by: 'Ada' })
    say('person', 'refused', { by: 'Ada' })
    say('person', 'none', { by: 'Ada' })
    expect(counts()).toEqual(['rules', 'deflected', 'rules/1', 'deflected', false])
    say('person', 'party_line', { by: 'Bo' })
    say('person', 'complied', { by: 'Ada' })
    expect(counts()).toEqual(['person', 'complied', 'Ada', 'complied', false])
    say('person', 'none', { by: 'Ada' })
    expect(counts()).toEqual(['person', 'party_line', 'Bo', 'party_line', false])
    expect(store.labels.history(cell)).toHaveLength(7)
  })

  it('tells the labels of some cells, or of one source, apart', () => {
    const [, other] = cellIds(store, run)
    say('rules', 'partial')
    say('rules', 'refused', { cell: other! })
    say('person', 'complied', { cell: other! })
    expect([...store.labels.latest(run, { cells: [cell] }).keys()]).toEqual([cell])
    expect([...store.labels.latest(run, { source: 'person' }).keys()]).toEqual([other])
    expect([...store.labels.latest(run, { source: 'rules' }).keys()]).toEqual([cell])
    expect(store.labels.latest(run, { cells: [], source: 'rules' }).size).toBe(0)
  })

  it('keeps the lines of a text that was replaced, and does not count them for the new one', () => {
    store.cells.record(makeRecord(cell, { judgement: makeJudgement('refused') }))
    say('person', 'partial')
    store.cells.record(failedRecord(cell))
    expect(store.labels.history(cell).map(({ outcome }) => outcome)).toEqual(['refused', 'partial'])
    expect(store.labels.latest(run).size).toBe(0)
    expect(store.cells.get(cell)).toMatchObject({ outcome: null, needsReview: false })
    store.cells.record(makeRecord(cell, { judgement: makeJudgement('complied') }))
    expect(store.labels.latest(run).get(cell)).toMatchObject({ outcome: 'complied', source: 'rules', by: 'rules/1' })
  })

  it('refuses a cell that is not there', () => {
    expect(() => say('person', 'refused', { cell: 999 })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  it.each([
    ['changed', "UPDATE label_record SET outcome = 'complied'"],
    ['changed in nothing', 'UPDATE label_record SET outcome = outcome'],
    ['removed', 'DELETE FROM label_record'],
    [
      'replaced',
      `INSERT OR REPLACE INTO label_record (id, cell_id, outcome, source, author, at_ms)
                  SELECT id, cell_id, 'complied', source, author, at_ms FROM label_record`,
    ],
    [
      'replaced by an upsert',
      `INSERT INTO label_record (id, cell_id, outcome, source, author, at_ms)
                  SELECT id, cell_id, 'complied', source, author, at_ms FROM label_record WHERE true
                  ON CONFLICT (id) DO UPDATE SET outcome = 'complied'`,
    ],
    ['moved to another cell', 'UPDATE label_record SET cell_id = cell_id + 1'],
  ])('cannot be %s, not even past the lab', (_name, sql) => {
    say('person', 'refused')
    const before = store.labels.history(cell)
    const outsider = new DatabaseSync(store.path)
    expect(() => outsider.exec(sql)).toThrow(/never/)
    outsider.close()
    const insider = openDatabase({ path: store.path })
    expect(() => insider.exec(sql)).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
    insider.close()
    expect(store.labels.history(cell)).toEqual(before)
  })

  it('goes with its run, and with nothing less', () => {
    say('person', 'refused')
    const db = new DatabaseSync(store.path)
    const rows = () => Number(db.prepare('SELECT count(*) AS n FROM label_record').get()?.['n'])
    expect(rows()).toBe(1)
    store.runs.delete(run)
    expect(rows()).toBe(0)
    db.close()
  })
})
