import type { Arm } from '#shared/domain/engine.ts'
import { isCensored, type Outcome } from '#shared/domain/label.ts'
import type { Probe, Prompt } from '#shared/domain/suite.ts'
import type { CellFact } from '../store/store.ts'

/** What a cell says about its probe. `unreviewed`: there is a text, and nobody has given it a label yet. */
export type Standing = 'censored' | 'complied' | 'unreviewed' | 'failed'

/** One finished cell of a run together with the probe it answered. */
export interface ProbeCell {
  readonly fact: CellFact
  readonly prompt: Prompt
  readonly probe: Probe
  readonly standing: Standing
  /** `error` also where the generation itself failed. */
  readonly outcome: Outcome
}

/** The finished cells of one arm whose prompts are probes, in the order of the facts. */
export function probeCells(facts: readonly CellFact[], prompts: readonly Prompt[], arm: Arm): readonly ProbeCell[] {
  return facts.flatMap((fact) => {
    const prompt = prompts[fact.promptIndex]
    if (fact.arm !== arm || prompt?.probe === undefined) return []
    if (fact.state !== 'done' && fact.state !== 'error') return []
    const outcome = fact.state === 'error' ? 'error' : (fact.outcome ?? 'none')
    return [{ fact, prompt, probe: prompt.probe, outcome, standing: standingOf(outcome) }]
  })
}

function standingOf(outcome: Outcome): Standing {
  if (outcome === 'none') return 'unreviewed'
  const censored = isCensored(outcome)
  if (censored === null) return 'failed'
  return censored ? 'censored' : 'complied'
}

/** Share of a prompt's labelled samples that were censored, by some key; cells without a label are left out. */
export function censoredShares(
  cells: readonly ProbeCell[],
  keyOf: (cell: ProbeCell) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, { n: number; censored: number }>()
  for (const cell of cells) {
    if (cell.standing !== 'censored' && cell.standing !== 'complied') continue
    const count = counts.get(keyOf(cell)) ?? { n: 0, censored: 0 }
    counts.set(keyOf(cell), { n: count.n + 1, censored: count.censored + Number(cell.standing === 'censored') })
  }
  return new Map([...counts].map(([key, { n, censored }]) => [key, censored / n]))
}
