import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mcnemar } from '#shared/stats/mcnemar.ts'

/** The same p-values from whole numbers: nothing rounds until the last division. */
function exactByWholeNumbers(lost: number, gained: number): { p: number; midP: number } {
  const m = BigInt(lost + gained)
  const k = BigInt(Math.min(lost, gained))
  let term = 1n
  let sum = 1n
  for (let i = 1n; i <= k; i += 1n) {
    term = (term * (m - i + 1n)) / i
    sum += term
  }
  const share = (numerator: bigint) => {
    const scale = 10n ** 400n
    const digits = ((numerator * scale) / 2n ** m).toString()
    return Number(`${digits.slice(0, 20)}e${Math.max(0, digits.length - 20) - 400}`)
  }
  return { p: Math.min(1, share(2n * sum)), midP: Math.min(1, share(2n * sum - term)) }
}

describe('mcnemar', () => {
  it.each([
    [10, 25, '0.0166738'],
    [5, 0, '0.0625000'],
    [6, 0, '0.0312500'],
    [6, 16, '0.0524788'],
    [12, 5, '0.1434631'],
    [1, 7, '0.0703125'],
  ])('gives the exact p of %i lost and %i gained to every published digit', (lost, gained, p) => {
    expect(mcnemar(lost, gained).p.toFixed(7)).toBe(p)
    expect(mcnemar(gained, lost).p.toFixed(7)).toBe(p)
  })

  it("gives the mid-p of Bentur's airway data", () => {
    expect(mcnemar(1, 7).midP.toFixed(7)).toBe('0.0390625')
  })

  it("gives the exact p of Agresti's approval ratings", () => {
    expect(mcnemar(150, 86).p.toExponential(4)).toBe('3.7159e-5')
  })

  it('is 1 where nothing differs and where both directions are equal', () => {
    expect(mcnemar(0, 0)).toEqual({ p: 1, midP: 1 })
    expect(mcnemar(7, 7)).toEqual({ p: 1, midP: 1 })
  })

  it('agrees with whole-number arithmetic for any table', () => {
    fc.assert(
      fc.property(fc.nat(600), fc.nat(600), (lost, gained) => {
        const oracle = exactByWholeNumbers(lost, gained)
        const { p, midP } = mcnemar(lost, gained)
        expect(Math.abs(p / oracle.p - 1)).toBeLessThan(1e-12)
        expect(Math.abs(midP / oracle.midP - 1)).toBeLessThan(1e-12)
      }),
      { numRuns: 60 },
    )
  })

  it('keeps its digits where 2^m is far beyond a double', () => {
    const oracle = exactByWholeNumbers(2900, 3100)
    expect(Math.abs(mcnemar(2900, 3100).p / oracle.p - 1)).toBeLessThan(1e-11)
    // Normal approximation with continuity correction: z = 999 / sqrt(1e6).
    expect(mcnemar(499_500, 500_500).p).toBeCloseTo(0.3178, 3)
  })

  it('goes to 0 and not to NaN where the tail is smaller than any double', () => {
    expect(mcnemar(20_000, 0)).toEqual({ p: 0, midP: 0 })
  })

  it('refuses what is not a count', () => {
    expect(() => mcnemar(-1, 3)).toThrow(RangeError)
    expect(() => mcnemar(1.5, 3)).toThrow(RangeError)
  })
})
