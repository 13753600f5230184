import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { medianInterval } from '#shared/stats/median-interval.ts'
import { seededRandom } from '#shared/stats/random.ts'
import { ratioInterval } from '#shared/stats/ratio-interval.ts'

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1)

describe('the interval of a median', () => {
  // Ranks of the 95 % limits as Hahn and Meeker, Statistical Intervals (1991), and David and Nagaraja print them.
  it.each([
    [6, 1, 6],
    [10, 2, 9],
    [15, 4, 12],
    [20, 6, 15],
    [25, 8, 18],
  ])('of %i values lies between the %ith and the %ith', (n, low, high) => {
    expect(medianInterval(upTo(n).toReversed())).toEqual({ n, value: (n + 1) / 2, interval: [low, high] })
  })

  it('is none where even all values would not hold it often enough, and no median where there are none', () => {
    expect(medianInterval([3, 1, 2, 5, 4])).toEqual({ n: 5, value: 3, interval: null })
    expect(medianInterval([])).toBeNull()
  })

  it('holds the median', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 6, maxLength: 200 }),
        (values) => {
          const found = medianInterval(values)
          expect(found?.interval?.[0]).toBeLessThanOrEqual(found?.value ?? Number.NaN)
          expect(found?.interval?.[1]).toBeGreaterThanOrEqual(found?.value ?? Number.NaN)
        },
      ),
    )
  })
})

describe('the interval of a ratio of sums', () => {
  it('comes from how far each part lies from the ratio', () => {
    // Residuals -10, 0, 10 at ratio 10: squares 200, half width 1.96 * sqrt(3 / 2 * 200) / 30 = 1.1316, and so 10 times exp(±0.11316).
    const found = ratioInterval([
      { above: 90, below: 10 },
      { above: 100, below: 10 },
      { above: 110, below: 10 },
    ])
    expect(found).toMatchObject({ n: 3, value: 10 })
    expect(found?.interval?.[0]).toBeCloseTo(8.93, 3)
    expect(found?.interval?.[1]).toBeCloseTo(11.198, 3)
  })

  it('has no limit below 0, however uneven the parts', () => {
    const found = ratioInterval([
      { above: 20_000, below: 1 },
      { above: 10, below: 1 },
    ])
    expect(found?.interval?.[0]).toBeGreaterThan(0)
    expect(found?.interval?.[1]).toBeGreaterThan(20_000)
    const nothing = [
      { above: 0, below: 1 },
      { above: 0, below: 2 },
    ]
    expect(ratioInterval(nothing)).toEqual({ n: 2, value: 0, interval: [0, 0] })
  })

  it('has no spread where there is one part, and no value without a sum to divide by', () => {
    expect(ratioInterval([{ above: 6, below: 2 }])).toEqual({ n: 1, value: 3, interval: null })
    expect(ratioInterval([])).toBeNull()
    expect(ratioInterval([{ above: 6, below: 0 }])).toBeNull()
  })

  it('holds the true ratio in about 95 of 100 samples', () => {
    const below = seededRandom(7)
    const uniform = () => (below(1_000_000) + 0.5) / 1_000_000
    const held = Array.from({ length: 1000 }, () => {
      const parts = Array.from({ length: 80 }, () => {
        const seconds = 0.5 + uniform()
        return { above: seconds * (300 + 200 * uniform()), below: seconds }
      })
      const [low, high] = ratioInterval(parts)?.interval ?? [0, 0]
      return low <= 400 && 400 <= high
    }).filter(Boolean).length
    expect(held).toBeGreaterThan(925)
    expect(held).toBeLessThan(975)
  })
})
