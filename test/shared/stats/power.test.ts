import { describe, expect, it } from 'vitest'
import { millerVariance, promptsNeeded, resolvableDifference, resolvablePoints } from '#shared/stats/power.ts'

describe('power', () => {
  it.each([
    [0.02, 310],
    [0.05, 773],
    [0.1, 1546],
    [0.15, 2319],
    [0.2, 3092],
    [0.3, 4637],
  ])('needs, at a flip rate of %d, %i prompts to show a loss below two points', (flipRate, prompts) => {
    expect(Math.ceil(promptsNeeded(flipRate, 0.02))).toBe(prompts)
  })

  it('needs 1.27 times as many at half the error rate', () => {
    const test = { alpha: 0.025, power: 0.8 }
    expect(promptsNeeded(0.1, 0.02, test) / promptsNeeded(0.1, 0.02)).toBeCloseTo(1.27, 2)
  })

  it('gives the sample size printed by Miller: 969 questions for three points', () => {
    const test = { alpha: 0.025, power: 0.8 }
    const n = promptsNeeded(1 / 9, 0.03, test)
    expect(n.toFixed(4)).toBe('968.9975')
    expect(Math.ceil(n)).toBe(969)
  })

  it.each([
    [1, '0.1327'],
    [10, '0.0757'],
  ])('gives the detectable difference printed by Miller for %i samples a question', (samples, difference) => {
    const variance = millerVariance({
      betweenPrompts: 1 / 9,
      withinA: 1 / 6,
      withinB: 1 / 6,
      samplesA: samples,
      samplesB: samples,
    })
    expect(resolvableDifference(variance, 198, { alpha: 0.025, power: 0.8 }).toFixed(4)).toBe(difference)
  })

  it('resolves exactly the loss that its own sample size was computed for', () => {
    expect(resolvablePoints(promptsNeeded(0.1, 0.02), 0.1)).toBeCloseTo(2, 10)
  })

  it('needs infinitely many prompts for no difference and resolves nothing with none', () => {
    expect(promptsNeeded(0.1, 0)).toBe(Infinity)
    expect(resolvablePoints(0)).toBe(Infinity)
  })
})
