import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cohenKappa } from '#shared/stats/cohen-kappa.ts'

type Pair = readonly [string, string]

/** Items of a table of counts: a row is what the first rater said, a column what the second did. */
const items = (table: readonly (readonly number[])[]): Pair[] =>
  table.flatMap((row, a) => row.flatMap((n, b) => Array.from({ length: n }, (): Pair => [`c${a}`, `c${b}`])))

describe('cohenKappa', () => {
  it('gives the printed figures of a SAS PROC FREQ example: 0.4842, 95 % from 0.2137 to 0.7547', () => {
    const kappa = cohenKappa(
      items([
        [0, 4, 1],
        [0, 8, 0],
        [0, 1, 5],
      ]),
    )!
    expect([kappa.value, kappa.low, kappa.high].map((figure) => figure.toFixed(4))).toEqual([
      '0.4842',
      '0.2137',
      '0.7547',
    ])
  })

  it('gives the kappa of Fleiss, Statistical Methods for Rates and Proportions, table 18.1: 0.68', () => {
    const kappa = cohenKappa(
      items([
        [75, 1, 4],
        [5, 4, 1],
        [0, 0, 10],
      ]),
    )!
    expect(kappa.value.toFixed(2)).toBe('0.68')
    // The book prints 0.087 for the standard error, computed from the rounded kappa.
    expect((kappa.high - kappa.low) / (2 * 1.959964)).toBeCloseTo(0.0877, 4)
  })

  it('is 1 when all agree on more than one category, and 0 at chance', () => {
    expect(
      cohenKappa(
        items([
          [30, 0],
          [0, 10],
        ]),
      ),
    ).toEqual({
      value: 1,
      low: expect.closeTo(1, 7),
      high: 1,
    })
    expect(
      cohenKappa(
        items([
          [9, 9],
          [9, 9],
        ]),
      )?.value,
    ).toBeCloseTo(0, 12)
  })

  it('says nothing without items, nor where only one category was ever used', () => {
    expect(cohenKappa([])).toBeNull()
    expect(cohenKappa(items([[12]]))).toBeNull()
  })

  it('is the same whoever is called the first rater, and its interval holds it', () => {
    const rating = fc.constantFrom('complied', 'partial', 'refused')
    fc.assert(
      fc.property(fc.array(fc.tuple(rating, rating), { minLength: 1, maxLength: 60 }), (pairs) => {
        const kappa = cohenKappa(pairs)
        const turned = cohenKappa(pairs.map(([a, b]): Pair => [b, a]))
        expect(turned?.value ?? null).toEqual(kappa === null ? null : expect.closeTo(kappa.value, 9))
        if (kappa === null) return
        expect(kappa.low).toBeLessThanOrEqual(kappa.value + 1e-9)
        expect(kappa.high).toBeGreaterThanOrEqual(kappa.value - 1e-9)
        expect(kappa.low).toBeGreaterThanOrEqual(-1)
        expect(kappa.high).toBeLessThanOrEqual(1)
      }),
    )
  })
})
