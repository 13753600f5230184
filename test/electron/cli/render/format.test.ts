import { expect, it } from 'vitest'
import * as format from '../../../../electron/cli/render/format.ts'

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [7_927_040, '7.9 MB'],
  [99_949_999, '99.9 MB'],
  [99_950_000, '100 MB'],
  [999_600_000, '1.0 GB'],
  [15_237_850_000, '15.2 GB'],
])('%i bytes are %s', (count, text) => expect(format.bytes(count)).toBe(text))

it.each([
  [0, '0 s'],
  [0.42, '0.4 s'],
  [9.97, '10 s'],
  [59.6, '1 min'],
  [131.4, '2 min 11 s'],
  [3599.7, '1 h'],
  [3661, '1 h 1 min'],
  [11_520, '3 h 12 min'],
])('%d seconds are %s', (seconds, text) => expect(format.duration(seconds)).toBe(text))

it.each([
  [null, '–'],
  [1, '1.0'],
  [0.6875, '0.69'],
  [0.0412, '0.041'],
  [0.00148, '0.0015'],
  [2.5e-48, '2.5e-48'],
])('p of %s is %s', (p, text) => expect(format.pValue(p)).toBe(text))

it('writes margins as points', () => {
  expect([0.02, 0.01, 0.005, 0.025, 0.07].map(format.points)).toEqual([
    '2 points',
    '1 point',
    '0.5 points',
    '2.5 points',
    '7 points',
  ])
})

it('writes an interval with its value first', () => {
  expect(format.interval({ value: -0.0032, low: -0.0115, high: 0.0249 })).toBe('−0.3 [−1.1, 2.5]')
  expect(format.interval(null)).toBe('–')
})

it('never writes a negative zero', () => expect(format.percent(-0.0004)).toBe('0.0'))

it('groups digits from five on', () =>
  expect([999, 1560, 12_400, 1_234_567].map(format.count)).toEqual(['999', '1560', '12 400', '1 234 567']))
