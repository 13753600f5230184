import { describe, expect, it } from 'vitest'
import type { Cell, RunSummary } from '#shared/domain/run.ts'
import { findRuns, runColumns } from '../../../renderer/screens/runs/list/run-columns.tsx'
import { groupErrors, whereText } from '../../../renderer/screens/runs/watch/error-report.ts'
import { heldFocus } from '../../../renderer/screens/runs/watch/use-focus.ts'
import { sortRows, type Sorting } from '../../../renderer/ui/grid-column.ts'

const run = (id: number, name: string, more: Partial<RunSummary> = {}): RunSummary =>
  ({
    id,
    name,
    state: 'done',
    suites: [{ name: 'arithmetic', n: 10 }],
    variants: [],
    counts: { total: 10, pending: 0, running: 0, done: 10, error: 0 },
    activeSeconds: id,
    createdAtMs: id,
    startedAtMs: id,
    ...more,
  }) as unknown as RunSummary
const runs = [run(1, 'R1 ladder'), run(2, 'specimen', { state: 'cancelled' }), run(10, 'Ladder again')]
const columns = runColumns(() => null)
const ids = (sorting: Sorting | null, search = '') =>
  sortRows(findRuns(runs, search), columns, sorting).map(({ id }) => id)

describe('the list of runs', () => {
  it('finds runs that hold every word, in the name, state or suite', () => {
    expect(ids(null, 'LADDER')).toEqual([1, 10])
    expect(ids(null, 'ladder r1')).toEqual([1])
    expect(ids(null, 'cancelled arithmetic')).toEqual([2])
  })

  it('sorts both ways, numbers as numbers, and leaves the order alone for what it does not know', () => {
    expect(ids({ by: 'id', descending: true })).toEqual([10, 2, 1])
    expect(ids({ by: 'name', descending: false })).toEqual([10, 1, 2])
    expect(ids({ by: 'time', descending: false })).toEqual([1, 2, 10])
    expect(ids({ by: 'nothing', descending: true })).toEqual([1, 2, 10])
  })
})

const failed = (promptId: string, variantIndex: number, errorCode: string, tokens: number | null = 5): Cell =>
  ({ promptId, variantIndex, errorCode, tokens, state: 'error' }) as unknown as Cell

describe('the errors of a run', () => {
  it('are told by variant and kind, the most frequent first', () => {
    const groups = groupErrors([
      failed('b', 1, 'STREAM_CUT'),
      failed('c', 2, 'ENGINE_TIMEOUT'),
      failed('d', 2, 'ENGINE_TIMEOUT'),
    ])
    expect(groups.map(({ variantIndex, code, cells }) => [variantIndex, code, cells.length])).toEqual([
      [2, 'ENGINE_TIMEOUT', 2],
      [1, 'STREAM_CUT', 1],
    ])
  })

  it('say where they happened', () => {
    const at = (cells: readonly Cell[]) => whereText({ variantIndex: 0, code: 'X', cells })
    expect(at([failed('math-044', 0, 'X', 1904), failed('math-087', 0, 'X', 655)])).toBe(
      'math-044 at token 1,904 and math-087 at token 655',
    )
    expect(at([failed('a', 0, 'X', null)])).toBe('a')
    expect(at(Array.from({ length: 7 }, (_, i) => failed(`p${i}`, 0, 'X', 0)))).toBe('p0, p1, p2, p3 and 3 more')
  })
})

describe('a held prompt', () => {
  const held = (query: Record<string, string>) => heldFocus(query, { arms: ['natural', 'forced'], samples: 2 }, 10)

  it('is the one in the address, with its arm and sample where the run has them', () => {
    expect(held({ prompt: '3', arm: 'forced', sample: '1' })).toEqual({ promptIndex: 3, arm: 'forced', sample: 1 })
    expect(held({ prompt: '3', arm: 'chat', sample: '7' })).toEqual({ promptIndex: 3, arm: 'natural', sample: 0 })
  })

  it.each([{}, { prompt: '10' }, { prompt: '-1' }, { prompt: 'x' }])('is none for %j', (query) => {
    expect(held(query as Record<string, string>)).toBeNull()
  })
})
