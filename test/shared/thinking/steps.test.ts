import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutSteps, stepTitle } from '#shared/thinking/steps.ts'

const paragraph = (beginning: string) => `${beginning} ${'and this goes on for a while '.repeat(5)}to its end.`
const textsOf = (thinking: string) => cutSteps(thinking).map(({ start, end }) => thinking.slice(start, end))

describe('cutSteps', () => {
  it('makes one step of each paragraph and gives it the blank line after it', () => {
    const [one, two] = [paragraph('First'), paragraph('Second')]
    expect(textsOf(`${one}\n\n${two}\n`)).toEqual([`${one}\n\n`, `${two}\n`])
  })

  it('joins short paragraphs, so that a formula is no step of its own', () => {
    expect(textsOf('So:\n\n310 - 40 = 270\n\n270 / 180 = 1.5')).toHaveLength(1)
  })

  it('begins a step where something is taken back, however short the one before was', () => {
    expect(textsOf('It is 270.\n\nWait, that was 310.')).toEqual(['It is 270.\n\n', 'Wait, that was 310.'])
    expect(textsOf('答案是二百七十。\n\n等等，不对。')).toHaveLength(2)
  })

  it('takes lines where there are no paragraphs', () => {
    expect(textsOf(`${paragraph('First')}\n${paragraph('Second')}`)).toHaveLength(2)
  })

  it('cuts a wall of text at the ends of sentences', () => {
    const steps = textsOf('This sentence has exactly fifty characters in it. '.repeat(200))
    expect(steps.length).toBeGreaterThan(3)
    for (const step of steps.slice(0, -1)) expect(step.trimEnd()).toMatch(/\.$/)
  })

  it('cuts a wall without any break, but not inside a character', () => {
    const steps = textsOf('x'.repeat(1199) + '😀'.repeat(3000))
    expect(steps.length).toBeGreaterThan(2)
    for (const step of steps) expect(step.isWellFormed()).toBe(true)
  })

  it('covers any text without a gap, in steps of bounded length', () => {
    const text = fc.array(fc.constantFrom('a', ' ', '\n', '\n\n', 'Wait, ', '等等', 'x'.repeat(700), '. ', '😀'))
    fc.assert(
      fc.property(
        text.map((parts) => parts.join('')),
        (thinking) => {
          expect(textsOf(thinking).join('')).toBe(thinking)
          for (const { start, end } of cutSteps(thinking)) expect(end - start).toBeLessThanOrEqual(2400)
        },
      ),
    )
  })

  it('has no step where there is no text', () => {
    expect(cutSteps('')).toEqual([])
  })
})

describe('stepTitle', () => {
  it('is the first sentence on one line', () => {
    expect(stepTitle('\n Two trains\nstart. They meet.')).toBe('Two trains start.')
    expect(stepTitle('两列火车相向而行。它们何时相遇？')).toBe('两列火车相向而行。')
  })

  it('does not end at a decimal point', () => {
    expect(stepTitle('It takes 1.5 hours. Then')).toBe('It takes 1.5 hours.')
  })

  it('is cut where the sentence is long', () => {
    const title = stepTitle('word '.repeat(50))
    expect(title).toHaveLength(73)
    expect(title).toMatch(/…$/)
  })
})
