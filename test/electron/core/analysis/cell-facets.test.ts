import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arms } from '#shared/domain/engine.ts'
import { thinkStates } from '#shared/domain/trace.ts'
import { cellFacets } from '#core/analysis/cell-facets.ts'

const factArbitrary = fc.record({
  variantIndex: fc.nat(2),
  arm: fc.constantFrom(...arms),
  state: fc.constantFrom('pending' as const, 'done' as const, 'error' as const),
  thinkState: fc.option(fc.constantFrom(...thinkStates)),
  correct: fc.option(fc.boolean()),
})
const filterArbitrary = fc.record(
  {
    variantIndexes: fc.subarray([0, 1, 2]),
    arms: fc.subarray([...arms]),
    states: fc.subarray(['pending', 'done', 'error'] as const),
    thinkStates: fc.subarray([...thinkStates]),
    correct: fc.boolean(),
  },
  { requiredKeys: [] },
)

describe('cellFacets', () => {
  it('says of every choice what the total is once it is chosen', () => {
    fc.assert(
      fc.property(fc.array(factArbitrary, { maxLength: 60 }), filterArbitrary, (facts, filter) => {
        const facets = cellFacets(facts, filter)
        const totalWith = (change: Parameters<typeof cellFacets>[1]) =>
          cellFacets(facts, { ...filter, ...change }).total
        for (const index of [0, 1, 2]) {
          expect(facets.variantIndexes[index] ?? 0).toBe(totalWith({ variantIndexes: [index] }))
        }
        for (const state of thinkStates)
          expect(facets.thinkStates[state] ?? 0).toBe(totalWith({ thinkStates: [state] }))
        for (const arm of arms) expect(facets.arms[arm] ?? 0).toBe(totalWith({ arms: [arm] }))
        expect(facets.states.error ?? 0).toBe(totalWith({ states: ['error'] }))
        expect(facets.correct).toEqual({ right: totalWith({ correct: true }), wrong: totalWith({ correct: false }) })
      }),
    )
  })

  it('counts the cells that pass every filter', () => {
    const fact = { variantIndex: 0, arm: 'natural', state: 'done', thinkState: 'normal', correct: true } as const
    const facts = [fact, { ...fact, correct: false }, { ...fact, variantIndex: 1 }, { ...fact, thinkState: null }]
    expect(cellFacets(facts, {}).total).toBe(4)
    expect(cellFacets(facts, { variantIndexes: [0], thinkStates: ['normal'], correct: true }).total).toBe(1)
    expect(cellFacets(facts, { correct: false }).variantIndexes).toEqual({ 0: 1 })
  })
})
