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
    let failures = 0
    let failed: Field | null = null
    for (const field of fields) {
      if (tests[field](fact)) continue
      failures += 1
      failed = field
    }
    if (failures === 0) total += 1
    // One filter alone keeps it out: it counts for that filter's choices, and for no other's.
    if (failures > 1) continue
    for (const field of failed === null ? fields : [failed]) {
      const value = fact[field]
      if (value !== null) counts[field].set(value, (counts[field].get(value) ?? 0) + 1)
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
