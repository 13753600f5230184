import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gridCode, readGridCode } from '#shared/domain/grid.ts'
import type { Cell } from '#shared/domain/run.ts'
import { hasRun, patchGrid, readGrid, rowSums } from '../../../renderer/screens/runs/watch/run-grid.ts'
import { countsByCells, progressByCells } from '../../../renderer/screens/runs/watch/standing.ts'

const base64 = (codes: readonly number[]) => btoa(String.fromCharCode(...codes))
const code = (more: Partial<Cell>) =>
  gridCode({ state: 'done', correct: null, endReason: 'stop', outcome: null, needsReview: false, ...more })
const right = code({ correct: true })
const wrong = code({ correct: false })
const cut = code({ correct: false, endReason: 'length' })
const error = code({ state: 'error' })
const rows = [
  { variantIndex: 0, arm: 'natural', sample: 0 },
  { variantIndex: 1, arm: 'natural', sample: 0 },
]
const cell = (more: Partial<Cell>): Cell =>
  ({
    variantIndex: 1,
    arm: 'natural',
    sample: 0,
    promptIndex: 0,
    state: 'done',
    correct: true,
    endReason: 'stop',
    outcome: null,
    needsReview: false,
    ...more,
  }) as Cell

const grid = readGrid({ columns: 4, rows, codes: base64([right, wrong, cut, error, 0, 0, 0, 0]) })

describe('the grid of a run', () => {
  it('counts its cells by row, cut ones among the graded', () => {
    expect(grid.rows[0]?.counts).toMatchObject({ correct: 1, wrong: 1, 'cut-wrong': 1, error: 1, pending: 0 })
    expect(rowSums(grid, false)).toEqual([
      { of: 'graded', n: 1, total: 3 },
      { of: 'graded', n: 0, total: 0 },
    ])
  })

  it('counts what ran where nothing is graded, in a row that waits as in the one that runs', () => {
    const asked = code({ correct: null })
    const ungraded = readGrid({ columns: 3, rows, codes: base64([asked, asked, 0, 0, 0, 0]) })
    const sums = [
      { of: 'all', n: 2, total: 3 },
      { of: 'all', n: 0, total: 3 },
    ]
    expect(rowSums(ungraded, false)).toEqual(sums)
    expect(rowSums(readGrid({ columns: 3, rows, codes: base64([0, 0, 0, 0, 0, 0]) }), true)[1]).toEqual(sums[1])
  })

  it('takes in cells that end, in their order, and leaves the grid before as it was', () => {
    const after = patchGrid(grid, [cell({ promptIndex: 2, state: 'error' }), cell({ promptIndex: 2 }), cell({})])
    expect([...after.codes.slice(4)].map((one) => readGridCode(one).state)).toEqual([
      'correct',
      'pending',
      'correct',
      'pending',
    ])
    expect(after.rows[1]?.counts).toMatchObject({ correct: 2, pending: 2, error: 0 })
    expect(after.rows[0]).toBe(grid.rows[0])
    expect([...grid.codes.slice(4)]).toEqual([0, 0, 0, 0])
  })

  it('leaves out what it has no place for', () => {
    const strangers = [
      cell({ variantIndex: 9 }),
      cell({ arm: 'forced' }),
      cell({ promptIndex: 4 }),
      cell({ sample: 1 }),
    ]
    const after = patchGrid(grid, strangers)
    expect([...after.codes]).toEqual([...grid.codes])
  })

  it('has counts that agree with its codes, however it was patched', () => {
    const ended = fc.record({
      variantIndex: fc.constantFrom(0, 1),
      promptIndex: fc.nat(3),
      state: fc.constantFrom('done' as const, 'error' as const),
      correct: fc.constantFrom(true, false, null),
      endReason: fc.constantFrom('stop' as const, 'length' as const),
    })
    fc.assert(
      fc.property(fc.array(ended), (cells) => {
        const after = patchGrid(grid, cells.map(cell))
        const again = readGrid({ columns: 4, rows, codes: base64([...after.codes]) })
        expect(after.rows).toEqual(again.rows)
      }),
    )
  })
})

describe('how far a run has come', () => {
  const progress = [0, 1].map((variantIndex) => ({
    variantIndex,
    total: 4,
    done: 0,
    error: 0,
    seconds: 1,
    secondsLeft: 2,
  }))

  it('is read from the cells, which are newer than what the lab said last', () => {
    expect(progressByCells(progress, grid)).toMatchObject([
      { done: 3, error: 1 },
      { done: 0, error: 0 },
    ])
  })
})

describe('the counts of a run', () => {
  const told = { total: 8, pending: 6, running: 1, done: 1, error: 0 }

  it('are those of the cells that are drawn, whatever was told of them before', () => {
    expect(countsByCells(told, grid)).toEqual({ total: 8, pending: 3, running: 1, done: 3, error: 1 })
    const after = patchGrid(grid, [cell({}), cell({ promptIndex: 1, state: 'error' })])
    expect(countsByCells(told, after)).toEqual({ total: 8, pending: 1, running: 1, done: 4, error: 2 })
  })

  it('are what was told where the cells are not known, or not all of them', () => {
    expect(countsByCells(told, null)).toBe(told)
    expect(countsByCells({ ...told, total: 12 }, grid)).toEqual({ ...told, total: 12 })
  })
})

it('knows which cells have ended, with an error too', () => {
  const ended = (more: Partial<Cell>) => hasRun(grid, cell(more))
  expect([ended({ variantIndex: 0 }), ended({ variantIndex: 0, promptIndex: 3 })]).toEqual([true, true])
  expect([ended({ promptIndex: 0 }), ended({ variantIndex: 7 }), ended({ promptIndex: 9 })]).toEqual([
    false,
    false,
    false,
  ])
})
