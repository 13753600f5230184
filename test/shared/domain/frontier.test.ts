import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frontier, stairs } from '#shared/domain/frontier.ts'

describe('frontier', () => {
  it('holds exactly the variants that no other equals at the same size or less', () => {
    const point = fc.record({ size: fc.integer({ min: 1, max: 6 }), quality: fc.integer({ min: 0, max: 6 }) })
    fc.assert(
      fc.property(
        fc.uniqueArray(point, { maxLength: 9, selector: ({ size, quality }) => `${size} ${quality}` }),
        (points) => {
          const undominated = points.filter(
            (each) =>
              !points.some((other) => other !== each && other.size <= each.size && other.quality >= each.quality),
          )
          expect(new Set(frontier(points))).toEqual(new Set(undominated))
        },
      ),
    )
  })

  it('is drawn level until the next better variant', () => {
    const edge = [
      { x: 1, y: 9 },
      { x: 4, y: 3 },
    ]
    expect(stairs(edge)).toEqual([
      { x: 1, y: 9 },
      { x: 4, y: 9 },
      { x: 4, y: 3 },
    ])
    expect(stairs(edge, 8).at(-1)).toEqual({ x: 8, y: 3 })
    expect(stairs(edge.slice(0, 1), 8)).toEqual([])
  })
})
