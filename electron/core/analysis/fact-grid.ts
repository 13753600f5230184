import type { Arm } from '#shared/domain/engine.ts'
import type { CellFact } from '../store/store.ts'

/** A variant's cells of one arm by `prompt * samples + sample`; a hole where there is no such cell. */
export type FactRow = readonly (CellFact | undefined)[]

/** The cells of one arm, laid out so that the same slot is the same prompt and sample under every variant. */
export interface FactGrid {
  /** Samples a prompt, at least 1. */
  readonly samples: number
  /** Indexes of the prompts that have a cell, ascending. */
  readonly prompts: readonly number[]
  row(variantIndex: number): FactRow
}

export function layOutFacts(facts: readonly CellFact[], arm: Arm): FactGrid {
  let samples = 1
  const seen: true[] = []
  for (const fact of facts) {
    if (fact.arm !== arm) continue
    samples = Math.max(samples, fact.sample + 1)
    seen[fact.promptIndex] = true
  }
  const rows: (CellFact | undefined)[][] = []
  for (const fact of facts) {
    if (fact.arm !== arm) continue
    const row = (rows[fact.variantIndex] ??= new Array<CellFact | undefined>(seen.length * samples))
    row[fact.promptIndex * samples + fact.sample] = fact
  }
  return {
    samples,
    prompts: [...seen.keys()].filter((index) => seen[index]),
    row: (variantIndex) => rows[variantIndex] ?? [],
  }
}

/** Both cells where both were graded, else null: only such pairs are compared. */
export function gradedPair(
  reference: CellFact | undefined,
  variant: CellFact | undefined,
): { readonly reference: boolean; readonly variant: boolean } | null {
  if (reference === undefined || variant === undefined) return null
  if (reference.correct === null || variant.correct === null) return null
  return { reference: reference.correct, variant: variant.correct }
}
