import { compareRun, type CompareInput } from '#core/analysis/compare.ts'
import type { CellFact } from '#core/store/store.ts'
import { fact, sampleRun, variant } from './sample-run.ts'

export const versions = { grading: '1', splitter: '1' }
export const two = [variant({ precisionName: 'F16' }), variant({ precisionName: 'Q4_K_M' })]

/** Prompts in the order of Newcombe's cells a, b, c, d under a reference and a variant. */
export function pairedFacts([a, b, c, d]: readonly [number, number, number, number]): CellFact[] {
  const pairs = [
    ...Array.from({ length: a }, () => [true, true]),
    ...Array.from({ length: b }, () => [true, false]),
    ...Array.from({ length: c }, () => [false, true]),
    ...Array.from({ length: d }, () => [false, false]),
  ]
  return pairs.flatMap(([reference, candidate], promptIndex) => [
    fact({ variantIndex: 0, promptIndex, correct: reference ?? null }),
    fact({ variantIndex: 1, promptIndex, correct: candidate ?? null }),
  ])
}

/** Compares the facts as a run of F16 and Q4_K_M, with as many prompts and samples as they name. */
export function compare(facts: readonly CellFact[], more: Partial<CompareInput> = {}) {
  const prompts = 1 + Math.max(...facts.map(({ promptIndex }) => promptIndex))
  const samples = 1 + Math.max(...facts.map(({ sample }) => sample))
  const run = sampleRun({ variants: two, prompts, samples })
  return compareRun({ run, facts, tagsOf: () => ({}), versions, ...more })
}
