import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wilson } from '#shared/stats/wilson.ts'

describe('wilson', () => {
  // Newcombe 1998 (two-sample paper), Table I, and Wilson's own limits; 95 %.
  it.each([
    [81, 263, '0.25529', '0.36621'],
    [15, 148, '0.06239', '0.16049'],
    [0, 20, '0.00000', '0.16113'],
    [1, 29, '0.00611', '0.17176'],
  ])('gives the published limits of %i in %i', (successes, n, low, high) => {
    const interval = wilson(successes, n)
    expect(interval?.low.toFixed(5)).toBe(low)
    expect(interval?.high.toFixed(5)).toBe(high)
  })

  it('has no interval without observations', () => {
    expect(wilson(0, 0)).toBeNull()
  })

  it('refuses more successes than observations', () => {
    expect(() => wilson(3, 2)).toThrow(RangeError)
  })

  it('contains the share, stays within 0 and 1, and mirrors successes and failures', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.nat(5000),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (right, wrong, level) => {
          fc.pre(right + wrong > 0)
          const interval = wilson(right, right + wrong, level)!
          const mirrored = wilson(wrong, right + wrong, level)!
          expect(interval.low).toBeGreaterThanOrEqual(0)
          expect(interval.high).toBeLessThanOrEqual(1)
          expect(interval.low).toBeLessThanOrEqual(interval.value)
          expect(interval.high).toBeGreaterThanOrEqual(interval.value)
          expect(interval.low + mirrored.high).toBeCloseTo(1, 12)
        },
      ),
    )
  })
})
