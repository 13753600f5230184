import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRoute, routeHash } from '../../../renderer/routing/route.ts'
import {
  choiceQuery,
  comparisonInput,
  quadrantInput,
  quadrants,
  readChoice,
  type CompareChoice,
} from '../../../renderer/screens/compare/compare-query.ts'
import { paneOrder, parting, readPromptChoice } from '../../../renderer/screens/compare/prompt-query.ts'
import { shownVariants } from '../../../renderer/screens/compare/shown-variants.ts'
import { contract } from '#shared/contract/contract.ts'
import { arms } from '#shared/domain/engine.ts'
import { sampleRun, variant } from '../../electron/core/analysis/sample-run.ts'

const choices: fc.Arbitrary<CompareChoice> = fc.record({
  run: fc.integer({ min: 1, max: 9999 }),
  variant: fc.option(fc.integer({ min: 0, max: 49 })),
  quadrant: fc.constantFrom(...quadrants),
  tag: fc.option(fc.record({ name: fc.constantFrom('family', 'distance'), value: fc.string() })),
  by: fc.option(fc.constantFrom('family', 'distance')),
  margin: fc.option(fc.integer({ min: 1, max: 199 }).map((halves) => halves / 200)),
  reference: fc.option(fc.integer({ min: 0, max: 49 })),
  arm: fc.option(fc.constantFrom(...arms)),
  search: fc.string(),
  blind: fc.boolean(),
  tables: fc.uniqueArray(fc.constantFrom('quality', 'tag', 'speed')).map((names) => new Set(names)),
})

describe('the address of a comparison', () => {
  it('opens the same view again', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        expect(readChoice(parseRoute(routeHash('compare', [choice.run], choiceQuery(choice))))).toEqual(choice)
      }),
    )
  })

  it('asks questions that the contract takes', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        expect(contract['compare.get'].input.safeParse(comparisonInput(choice)).success).toBe(true)
        expect(contract['compare.flips'].input.safeParse(quadrantInput(choice, 1)).success).toBe(true)
      }),
    )
  })

  it('leaves out what makes no sense', () => {
    const hash = '#/compare/3?variant=x&quadrant=zzz&margin=-4&ref=1.5&arm=loud&tag=family&tables='
    expect(readChoice(parseRoute(hash))).toMatchObject({
      variant: null,
      quadrant: 'lost',
      margin: null,
      reference: null,
      arm: null,
      tag: null,
      tables: new Set(),
    })
    expect(readChoice(parseRoute('#/compare/0'))).toBeNull()
    expect(readChoice(parseRoute('#/compare/seven'))).toBeNull()
    expect(readPromptChoice({ view: 'odd', sample: '-1' })).toEqual({ view: 'diff', sample: 0 })
  })
})

describe('blind', () => {
  const run = sampleRun({
    variants: ['F16', 'Q8_0', 'Q4_K_M', 'Q4_0', 'Q2_K'].map((precisionName) => variant({ precisionName })),
    prompts: 1,
  })

  it('names variants by letters, each once, without their precision', () => {
    const shown = [...shownVariants(run.variants, { run: 17, blind: true }).values()]
    expect(shown.map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D', 'E'])
    expect(new Set(shown.map(({ key }) => key)).size).toBe(5)
    expect(shown.every(({ precision }) => precision === null)).toBe(true)
  })

  it('has an order of its own for every run, the same whenever it is opened', () => {
    const orders = Array.from({ length: 200 }, (_, id) => [
      ...shownVariants(run.variants, { run: id + 1, blind: true }).keys(),
    ])
    expect(orders[16]).toEqual([...shownVariants(run.variants, { run: 17, blind: true }).keys()])
    // Each variant is A about as often as any other: 40 of 200, with four standard deviations of room.
    for (const index of [0, 1, 2, 3, 4]) {
      const first = orders.filter(([key]) => key === index).length
      expect(first).toBeGreaterThan(40 - 23)
      expect(first).toBeLessThan(40 + 23)
    }
  })

  it('puts the reference left or right as the letters say', () => {
    expect(paneOrder([0, 3], [3, 1, 0], { blind: true })).toEqual([3, 0])
    expect(paneOrder([0, 3], [0, 3, 1], { blind: true })).toEqual([0, 3])
    expect(paneOrder([0, 3], [3, 1, 0], { blind: false })).toEqual([0, 3])
  })
})

describe('parting', () => {
  it('looks at the thinking first, then at the answer', () => {
    const same = { thinking: 'Add them.', answer: 'It is 12.' }
    expect(parting(same, { ...same, answer: 'It is 13.' })).toEqual({ part: 'answer', word: 3 })
    expect(parting(same, { thinking: 'Take them.', answer: 'It is 13.' })).toEqual({ part: 'thinking', word: 1 })
    expect(parting(same, same)).toBeNull()
  })
})
