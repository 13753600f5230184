import type { FactState, ProbeFact } from '#shared/contract/refusal-views.ts'
import type { Judgement } from '#shared/domain/label.ts'
import type { Probe } from '#shared/domain/suite.ts'

const stateOfKind: Readonly<Record<string, FactState>> = {
  fact: 'stated',
  'denied-fact': 'denied',
  'question-echo': 'echo',
}

/** What became of each fact of a probe in answer and thinking, as the rules saw it; all missing without a judgement. */
export function factStates(probe: Probe, judgement: Judgement | null): readonly ProbeFact[] {
  const stateIn = (part: 'answer' | 'thinking', id: string): FactState => {
    const span = judgement?.evidence.find((found) => found.part === part && found.ref === `fact:${id}`)
    return span === undefined ? 'missing' : (stateOfKind[span.kind] ?? 'missing')
  }
  return probe.facts.map(({ id, core, any: patterns }) => ({
    id,
    core,
    patterns,
    answer: stateIn('answer', id),
    thinking: stateIn('thinking', id),
  }))
}
