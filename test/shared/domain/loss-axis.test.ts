import { scaleLinear } from 'd3-scale'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lossAxis, lossTickText, roundTicks } from '#shared/domain/loss-axis.ts'

const estimate = (low: number, value: number, high: number) => ({ low, value, high })

describe('lossAxis', () => {
  it('shows zero and the margin wherever the losses are', () => {
    const loss = fc
      .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.2, noNaN: true }))
      .map(([value, half]) => estimate(value - half, value, value + half))
    fc.assert(
      fc.property(
        fc.array(loss, { maxLength: 8 }),
        fc.double({ min: 0.001, max: 0.3, noNaN: true }),
        (losses, margin) => {
          const axis = lossAxis({ losses, margin, noiseFloor: null })
          expect(axis.at(0)).toBeGreaterThan(0)
          expect(axis.at(margin)).toBeGreaterThan(axis.at(0))
          expect(axis.at(margin)).toBeLessThan(100)
          expect(axis.ticks.every((tick) => tick >= axis.low - 1e-9 && tick <= axis.high + 1e-9)).toBe(true)
        },
      ),
    )
  })

  it('is not stretched by one loss far away', () => {
    const near = [estimate(-0.01, 0, 0.01), estimate(-0.005, 0.004, 0.013), estimate(-0.012, -0.002, 0.008)]
    const without = lossAxis({ losses: near, margin: 0.02, noiseFloor: null })
    const withOne = lossAxis({ losses: [...near, estimate(0.24, 0.28, 0.32)], margin: 0.02, noiseFloor: null })
    expect(withOne).toMatchObject({ low: without.low, high: without.high })
    expect(withOne.at(0.28)).toBe(100)
  })

  it('has room for the noise floor to the left of zero', () => {
    const noiseFloor = { flipRate: estimate(0.02, 0.04, 0.08) }
    expect(lossAxis({ losses: [], margin: 0.02, noiseFloor }).low).toBeLessThan(-0.04)
  })

  it('puts its ends at 0 and 100', () => {
    const axis = lossAxis({ losses: [null], margin: 0.02, noiseFloor: null })
    expect(axis.at(axis.low)).toBeCloseTo(0, 9)
    expect(axis.at(axis.high)).toBeCloseTo(100, 9)
  })
})

describe('lossTickText', () => {
  it('is in points, with the sign of a loss and a true minus', () => {
    expect([0.02, 0, -0.05, 0.125].map(lossTickText)).toEqual(['+2', '0', '−5', '+12.5'])
  })
})

describe('roundTicks', () => {
  it.each([
    [-0.0268, 0.0424],
    [-0.3, 0.8],
    [0, 1],
    [-1e-4, 3e-4],
  ])('are ticks that d3 gives for the same ends, for some number of them: %f to %f', (low, high) => {
    const ours = roundTicks(low, high, 6)
    const scale = scaleLinear([low, high], [0, 1])
    const theirs = Array.from({ length: 12 }, (_, wanted) =>
      scale.ticks(wanted + 2).map((tick) => Number(tick.toPrecision(12))),
    )
    expect(theirs).toContainEqual(ours)
    expect(ours.length).toBeGreaterThanOrEqual(3)
    expect(ours.length).toBeLessThanOrEqual(8)
  })

  it('gives none between ends that are no span', () => {
    expect(roundTicks(1, 1, 5)).toEqual([])
    expect(roundTicks(2, 1, 5)).toEqual([])
  })
})
