import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesText,
  countedText,
  decimalsFor,
  intervalText,
  marginText,
  measuredText,
  measuredValueText,
  pValueText,
  pointsText,
  durationText,
  threeDigits,
} from '#shared/domain/figures.ts'
import { noiseFloorText } from '#shared/domain/verdict-words.ts'

describe('figures', () => {
  it.each([
    [{ value: 0.1648, low: 0.148, high: 0.182 }, '+16.5 [+14.8, +18.2]'],
    [{ value: -0.0333, low: -0.1438, high: 0.0649 }, '−3 [−14, +6]'],
    [{ value: 0, low: -0.0117, high: 0.0117 }, '0.0 [−1.2, +1.2]'],
    [{ value: 0.00002, low: -0.00021, high: 0.00025 }, '0.00 [−0.02, +0.03]'],
  ])('writes no more digits than an interval bears: %j', (estimate, text) => {
    expect(intervalText(estimate, 'plus')).toBe(text)
  })

  it('writes a true minus, no sign before zero, and a hyphen for nothing', () => {
    expect(pointsText({ value: -0.0004, low: -0.02, high: 0.02 }).value).toBe('0.0')
    expect(pointsText({ value: -0.012, low: -0.02, high: 0.02 }).value).toBe('−1.2')
    expect(intervalText(null)).toBe('-')
  })

  it('never writes a digit beyond the second of the uncertainty', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 100, noNaN: true }), (halfWidth) => {
        const lastDigit = 10 ** -decimalsFor(halfWidth)
        expect(lastDigit).toBeGreaterThanOrEqual(halfWidth / 100)
      }),
    )
  })

  it.each([
    [1, '1.00'],
    [0.0524788, '0.052'],
    [0.13, '0.13'],
    [0.00203, '0.002'],
    [0.0001, '0.0001'],
    [0.00009, '< 0.0001'],
    [0, '< 0.0001'],
    [null, '-'],
  ])('writes the p-value %s as %s', (p, text) => {
    expect(pValueText(p)).toBe(text)
  })

  it.each([
    [7_927_040, '7.93 MB'],
    [999, '999 B'],
    [0, '0 B'],
    [15_237_853_184, '15.2 GB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [99_949_999, '99.9 MB'],
  ])('writes %i bytes as %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text)
  })

  it.each([
    [{ value: 1005.4, interval: [990.1, 1020.2] as const, n: 300 }, '1,005', '1,005 [990, 1,020]'],
    [{ value: 61.34, interval: [60.2, 62.5] as const, n: 300 }, '61.3', '61.3 [60.2, 62.5]'],
    [{ value: 1005.4, interval: null, n: 1 }, '1,010', '1,010'],
    [{ value: 870, interval: [870 - 1e-10, 870 + 1e-10] as const, n: 9 }, '870', '870 [870, 870]'],
  ])('writes a measured value the same with its interval and without: %j', (measured, value, whole) => {
    expect(measuredValueText(measured)).toBe(value)
    expect(measuredText(measured)).toBe(whole)
  })

  it('counts with the word for one and for many', () => {
    expect([0, 1, 1560].map((n) => countedText(n, 'prompt'))).toEqual(['0 prompts', '1 prompt', '1,560 prompts'])
  })

  it('writes three digits, never an exponent', () => {
    expect([696.4, 12_345, 7.9271, 0.0834567, 0, 1e-9].map(threeDigits)).toEqual([
      '696',
      '12,300',
      '7.93',
      '0.0835',
      '0',
      '0.000000',
    ])
  })

  it('writes margins and times in words', () => {
    expect([0.02, 0.01, 0.005, 0.07].map(marginText)).toEqual(['2 points', '1 point', '0.5 points', '7 points'])
    const texts = [0, 8.24, 9.97, 59.6, 119.7, 192.4, 3599.7, 4815].map(durationText)
    expect(texts).toEqual(['0 s', '8.2 s', '10 s', '1 min', '2 min', '3 min 12 s', '1 h', '1 h 20 min'])
  })
})

describe('noiseFloorText', () => {
  it('has the digits that the flip rate’s own interval bears', () => {
    expect(noiseFloorText({ value: 0.025, low: 0.0115, high: 0.0532 })).toBe('noise floor ±2.5 points')
    expect(noiseFloorText({ value: 0.05, low: 0.0138, high: 0.165 })).toBe('noise floor ±5 points')
    expect(noiseFloorText({ value: 0, low: 0, high: 0.0112 })).toBe('noise floor 0.0 points')
  })
})
