import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialDraws } from '#shared/stats/binomial-draws.ts'
import { clusterBootstrap, percentileInterval } from '#shared/stats/bootstrap.ts'
import { normalQuantile, twoSidedZ } from '#shared/stats/normal-quantile.ts'
import { median, quantile } from '#shared/stats/quantile.ts'
import { seededRandom, xoshiro128 } from '#shared/stats/random.ts'

describe('normalQuantile', () => {
  // Abramowitz and Stegun, Table 26.5, and their tails; central, tail and far-tail branch.
  it.each([
    [0.975, 1.959963984540054],
    [0.95, 1.6448536269514722],
    [0.8, 0.8416212335729143],
    [0.6, 0.2533471031357997],
    [1e-4, -3.719016485455709],
    [1e-20, -9.262340089798409],
  ])('has %d of the distribution below %d', (p, z) => {
    expect(Math.abs(normalQuantile(p) / z - 1)).toBeLessThan(1e-14)
  })

  it('is odd about one half', () => {
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(0.1)).toBeCloseTo(-normalQuantile(0.9), 14)
    expect(twoSidedZ(0.9)).toBeCloseTo(normalQuantile(0.95), 14)
  })

  it('refuses what is not a probability', () => {
    expect(() => normalQuantile(0)).toThrow(RangeError)
    expect(() => normalQuantile(Number.NaN)).toThrow(RangeError)
  })
})

describe('seededRandom', () => {
  it("gives the reference generator's first words", () => {
    const next = xoshiro128([1, 2, 3, 4])
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  it('covers every number below its bound about equally often', () => {
    const below = seededRandom(7)
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < 100_000; i += 1) counts[below(10)]! += 1
    const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(counts).toHaveLength(10)
    expect(chiSquared).toBeLessThan(27.88) // 99.9 % point at 9 degrees of freedom
  })

  it('differs between neighbouring seeds', () => {
    const draw = (seed: number) => Array.from({ length: 4 }, () => seededRandom(seed)(2 ** 32))
    expect(draw(1)).not.toEqual(draw(2))
  })
})

describe('binomialDraws', () => {
  it.each([
    [20, 3],
    [4000, 900],
    [50_000, 49_000],
  ])('has the mean and the variance of %i tries with %i hits expected', (n, hits) => {
    const draw = binomialDraws(n, hits, seededRandom(5))
    const draws = Array.from({ length: 20_000 }, draw)
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length
    const expected = hits * (1 - hits / n)
    expect(Math.abs(mean - hits)).toBeLessThan(4 * Math.sqrt(expected / draws.length))
    expect(variance / expected).toBeGreaterThan(0.96)
    expect(variance / expected).toBeLessThan(1.04)
  })

  it('hits as often as the formula says, count by count', () => {
    const draw = binomialDraws(4, 1, seededRandom(3))
    const counts = [0, 0, 0, 0, 0]
    for (let i = 0; i < 25_600; i += 1) counts[draw()]! += 1
    const expected = [8100, 10_800, 5400, 1200, 100]
    const chiSquared = counts.reduce((sum, count, k) => sum + (count - expected[k]!) ** 2 / expected[k]!, 0)
    expect(chiSquared).toBeLessThan(18.47) // 99.9 % point at 4 degrees of freedom
  })

  it('is certain where nothing or everything hits', () => {
    expect(binomialDraws(9, 0, seededRandom(1))()).toBe(0)
    expect(binomialDraws(9, 9, seededRandom(1))()).toBe(9)
  })
})

describe('quantile', () => {
  it('interpolates between the two nearest values', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75)
    expect(quantile([5], 0.9)).toBe(5)
    expect(quantile([], 0.5)).toBeNull()
  })

  it('takes the middle of values in any order and leaves them so', () => {
    const values = [10, 9, 2]
    expect(median(values)).toBe(9)
    expect(values).toEqual([10, 9, 2])
    expect(median([4, 1])).toBe(2.5)
    expect(median([])).toBeNull()
  })
})

describe('clusterBootstrap', () => {
  const differences = Array.from({ length: 400 }, (_, i) => [0, 0, 0, 0.25, -0.25, 0, 1, 0, 0.5, -1][i % 10]!)

  it('gives the same interval for the same seed and another for another', () => {
    const interval = (seed: number) => percentileInterval(clusterBootstrap(differences, { seed })!, 0.95)
    expect(interval(1)).toEqual(interval(1))
    expect(interval(1)).not.toEqual(interval(2))
  })

  it('is as wide as the central limit says for many prompts', () => {
    const n = differences.length
    const mean = differences.reduce((sum, value) => sum + value, 0) / n
    const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
    const half = 1.959964 * Math.sqrt(variance / n)
    const interval = percentileInterval(clusterBootstrap(differences, { resamples: 20_000 })!, 0.95)
    expect(interval.value).toBeCloseTo(mean, 12)
    expect((interval.high - interval.low) / (2 * half)).toBeCloseTo(1, 1)
    expect((interval.high + interval.low) / 2).toBeCloseTo(mean, 2)
  })

  it('draws prompts and not samples: repeating every sample changes nothing', () => {
    // Eight equal samples a prompt have the prompt's mean, so the interval must not shrink by sqrt(8).
    const once = percentileInterval(clusterBootstrap([1, 0, 0, -1, 1, 0, 0, 1, 0, 0])!, 0.9)
    expect(once.high - once.low).toBeGreaterThan(0.5)
  })

  it('stays inside the range of the differences', () => {
    const difference = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(difference, { minLength: 1, maxLength: 30 }), fc.nat(), (values, seed) => {
        const { low, high } = percentileInterval(clusterBootstrap(values, { seed, resamples: 50 })!, 0.95)
        expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12)
        expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-12)
        expect(low).toBeLessThanOrEqual(high)
      }),
      { numRuns: 50 },
    )
  })

  it('has nothing to say without prompts', () => {
    expect(clusterBootstrap([])).toBeNull()
  })
})
