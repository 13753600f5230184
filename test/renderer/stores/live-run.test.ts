import { describe, expect, it } from 'vitest'
import { cellId, runId } from '#shared/domain/ids.ts'
import type { Cell, RunEvent } from '#shared/domain/run.ts'
import { reduceEvents, type LiveRun } from '../../../renderer/stores/live-run-slice.ts'

const run = runId(1)
const start: LiveRun = {
  state: 'running',
  error: null,
  counts: null,
  activeSeconds: 0,
  variants: null,
  secondsLeft: null,
  waitingFor: null,
  lanes: new Map(),
  ended: [],
  endedCount: 0,
  problem: null,
}
const started = (cell: number, variantIndex = 0): RunEvent => ({
  kind: 'cell-started',
  run,
  cell: cellId(cell),
  variantIndex,
  promptIndex: cell,
  arm: 'natural',
  sample: 0,
})
const text = (cell: number, thinking: string): RunEvent => ({
  kind: 'cell-text',
  run,
  cell: cellId(cell),
  thinking,
  answer: '',
  tokens: thinking.length,
  firstTokenMs: 40,
  tokensPerSecond: 10,
})
const done = (cell: number, variantIndex = 0): RunEvent => ({
  kind: 'cell-done',
  run,
  cell: { id: cellId(cell), variantIndex, state: 'done' } as Cell,
})

describe('a followed run', () => {
  it('gives each of several cells at once its own text', () => {
    const live = reduceEvents(start, [started(1), started(2), text(1, 'a'), text(2, 'b'), text(1, 'c')])
    expect(live.lanes.get(0)?.running.map(({ cell, thinking }) => [cell, thinking.pieces.join('')])).toEqual([
      [1, 'ac'],
      [2, 'b'],
    ])
  })

  it('keeps the text of the cell that ended last, and forgets it as running', () => {
    const lane = reduceEvents(start, [started(1), text(1, 'abc'), done(1), started(2)]).lanes.get(0)
    expect(lane?.running.map(({ cell }) => cell)).toEqual([2])
    expect(lane?.ended?.thinking.pieces).toEqual(['abc'])
    expect(lane?.last.map(({ id }) => id)).toEqual([1])
  })

  it('leaves the lanes that nothing happened to as they were', () => {
    const before = reduceEvents(start, [started(1, 0), started(2, 1)])
    const after = reduceEvents(before, [text(2, 'x')])
    expect(after.lanes.get(0)).toBe(before.lanes.get(0))
    expect(after.lanes.get(1)).not.toBe(before.lanes.get(1))
  })

  it('counts every ended cell but holds only the latest', () => {
    const live = reduceEvents(
      start,
      Array.from({ length: 5000 }, (_, i) => done(i + 1)),
    )
    expect(live.endedCount).toBe(5000)
    expect(live.ended.length).toBe(4096)
    expect(live.ended.at(-1)?.id).toBe(5000)
  })

  it('shows a cell that is told anew after a break only once', () => {
    const live = reduceEvents(start, [started(1), text(1, 'abc'), started(1), text(1, 'abcd')])
    expect(live.lanes.get(0)?.running.map(({ thinking }) => thinking.pieces.join(''))).toEqual(['abcd'])
  })

  it('has nothing running once it rests', () => {
    const live = reduceEvents(start, [started(1), { kind: 'state', run, state: 'paused', error: null }])
    expect(live.lanes.get(0)).toMatchObject({ phase: 'waiting', running: [], ended: { cell: 1 } })
  })
})
