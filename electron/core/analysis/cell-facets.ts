import type { CellFacets } from '#shared/contract/views.ts'
import type { CellFact, CellFilter } from '../store/store.ts'

type Field = 'variantIndex' | 'arm' | 'state' | 'thinkState' | 'correct'
type FacetFilter = Pick<CellFilter, 'variantIndexes' | 'arms' | 'states' | 'thinkStates' | 'correct'>
type FacetFact = Pick<CellFact, Field>

/** Counts the cells that each choice of a filter would leave: a choice is judged by all other filters, not by its own. */
export function cellFacets(facts: readonly FacetFact[], filter: FacetFilter): CellFacets {
  const tests = testsOf(filter)
  const counts: Record<Field, Map<unknown, number>> = {
    variantIndex: new Map(),
    arm: new Map(),
    state: new Map(),
    thinkState: new Map(),
    correct: new Map(),
  }
  let total = 0
  for (const fact of facts) {
    const failed = fields.filter((field) => !tests[field](fact))
    if (failed.length === 0) total += 1
    for (const field of fields) {
      const value = fact[field]
      const values = counts[field]
      if (value !== null && failed.every((other) => other === field)) values.set(value, (values.get(value) ?? 0) + 1)
    }
  }
  return {
    total,
    variantIndexes: Object.fromEntries(counts.variantIndex),
    arms: Object.fromEntries(counts.arm),
    states: Object.fromEntries(counts.state),
    thinkStates: Object.fromEntries(counts.thinkState),
    correct: { right: counts.correct.get(true) ?? 0, wrong: counts.correct.get(false) ?? 0 },
  }
}

const fields = ['variantIndex', 'arm', 'state', 'thinkState', 'correct'] as const satisfies readonly Field[]

function testsOf(filter: FacetFilter): Readonly<Record<Field, (fact: FacetFact) => boolean>> {
  const within = <T>(values: readonly T[] | undefined) => {
    const wanted = values === undefined ? null : new Set<unknown>(values)
    return (value: unknown) => wanted === null || wanted.has(value)
  }
  const variant = within(filter.variantIndexes)
  const arm = within(filter.arms)
  const state = within(filter.states)
  const thinkState = within(filter.thinkStates)
  return {
    variantIndex: (fact) => variant(fact.variantIndex),
    arm: (fact) => arm(fact.arm),
    state: (fact) => state(fact.state),
    thinkState: (fact) => thinkState(fact.thinkState),
    correct: (fact) => filter.correct === undefined || fact.correct === filter.correct,
  }
}
