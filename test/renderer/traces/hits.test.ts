import { describe, expect, it } from 'vitest'
import { neighbour, type Hit } from '../../../renderer/screens/traces/use-hits.ts'

/** Three traces that hold the search once, three times and twice. */
const counts = [1, 3, 2]
const hits = {
  total: counts.length,
  row: (index: number) => (counts[index] === undefined ? undefined : ({ count: counts[index] } as Hit)),
}

describe('neighbour', () => {
  it('goes through every place of every trace and round again', () => {
    let at = neighbour(hits, null, 1)
    const seen: string[] = []
    for (let step = 0; step < 7 && at !== null; step += 1) {
      seen.push(`${at.row}.${at.place}`)
      at = neighbour(hits, at, 1)
    }
    expect(seen).toEqual(['0.0', '1.0', '1.1', '1.2', '2.0', '2.1', '0.0'])
  })

  it('goes the same way back', () => {
    expect(neighbour(hits, { row: 0, place: 0 }, -1)).toEqual({ row: 2, place: 1 })
    expect(neighbour(hits, { row: 2, place: 0 }, -1)).toEqual({ row: 1, place: 2 })
    expect(neighbour(hits, { row: 1, place: 2 }, -1)).toEqual({ row: 1, place: 1 })
  })

  it('goes nowhere while nothing is known', () => {
    expect(neighbour({ total: null, row: () => undefined }, null, 1)).toBeNull()
    expect(neighbour({ total: 0, row: () => undefined }, null, 1)).toBeNull()
    expect(neighbour({ total: 9, row: () => undefined }, { row: 3, place: 0 }, 1)).toBeNull()
  })
})
