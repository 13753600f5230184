import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Quadrants } from '#shared/domain/comparison.ts'
import { newcombePaired } from '#shared/stats/newcombe.ts'

const table = (bothRight: number, lost: number, gained: number, bothWrong: number): Quadrants => ({
  bothRight,
  lost,
  gained,
  bothWrong,
})

describe('newcombePaired', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), 2635-2650, Table III, method 10, 95 %.
  it.each([
    [[36, 12, 2, 0], '0.0569', '0.3404'],
    [[20, 12, 2, 16], '0.0562', '0.3292'],
    [[18, 12, 2, 18], '0.0562', '0.3290'],
    [[36, 14, 0, 0], '0.1528', '0.4167'],
    [[35, 14, 0, 1], '0.1461', '0.4175'],
    [[18, 14, 0, 18], '0.1441', '0.3963'],
    [[2, 97, 1, 0], '0.8721', '0.9854'],
    [[1, 97, 1, 1], '0.8737', '0.9850'],
    [[0, 29, 1, 0], '0.6666', '0.9882'],
    [[2, 98, 0, 0], '0.9178', '0.9945'],
    [[1, 98, 0, 1], '0.9171', '0.9916'],
    [[0, 30, 0, 0], '0.8395', '1.0000'],
    [[54, 0, 0, 0], '-0.0664', '0.0664'],
    [[53, 0, 0, 1], '-0.0729', '0.0729'],
    [[30, 0, 0, 24], '-0.0358', '0.0358'],
    [[27, 0, 0, 27], '-0.0351', '0.0351'],
  ] as const)('gives the published limits of the table %j', ([a, b, c, d], low, high) => {
    const interval = newcombePaired(table(a, b, c, d))
    expect(interval?.low.toFixed(4)).toBe(low)
    expect(interval?.high.toFixed(4)).toBe(high)
  })

  it.each([
    ['capture by two methods', [59, 6, 16, 80], '-0.1186', '-0.0046'],
    ['two diagnostic tests', [7, 25, 2, 68], '0.1329', '0.3185'],
    ["Bentur's airway data", [1, 1, 7, 12], '-0.5069', '-0.0256'],
    ["Agresti's approval ratings", [794, 150, 86, 570], '0.0212', '0.0587'],
  ] as const)('gives the published limits of %s', (_, [a, b, c, d], low, high) => {
    const interval = newcombePaired(table(a, b, c, d))
    expect(interval?.low.toFixed(4)).toBe(low)
    expect(interval?.high.toFixed(4)).toBe(high)
  })

  it('corrects phi for continuity: without the correction the limits would be .0618 and .3242', () => {
    const interval = newcombePaired(table(20, 12, 2, 16))
    expect(interval?.low.toFixed(4)).not.toBe('0.0618')
    expect(interval?.high.toFixed(4)).not.toBe('0.3242')
  })

  it('counts a loss as positive', () => {
    expect(newcombePaired(table(80, 10, 2, 8))?.value).toBeCloseTo(0.08, 12)
  })

  it('has no interval for an empty table', () => {
    expect(newcombePaired(table(0, 0, 0, 0))).toBeNull()
  })

  it('contains the difference, stays within -1 and 1, and mirrors when reference and variant change places', () => {
    const count = fc.nat(400)
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        fc.pre(a + b + c + d > 0)
        const there = newcombePaired(table(a, b, c, d))!
        const back = newcombePaired(table(a, c, b, d))!
        expect(there.low).toBeLessThanOrEqual(there.value)
        expect(there.high).toBeGreaterThanOrEqual(there.value)
        expect(there.low).toBeGreaterThanOrEqual(-1 - 1e-12)
        expect(there.high).toBeLessThanOrEqual(1 + 1e-12)
        expect(there.low).toBeCloseTo(-back.high, 12)
      }),
    )
  })
})
