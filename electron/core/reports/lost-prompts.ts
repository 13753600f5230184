import type { Comparison } from '#shared/domain/comparison.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { Prompt } from '#shared/domain/suite.ts'
import type { Trace } from '#shared/domain/run.ts'
import { findFlips } from '../analysis/find-flips.ts'
import type { CellFact } from '../store/store.ts'

/** Prompts that the reference answered right and a variant did not, the first of them with both answers. */
export interface LostPrompts {
  readonly variantIndex: number
  /** Ids of all of them, in the run's order. */
  readonly promptIds: readonly string[]
  readonly examples: readonly LostExample[]
}

export interface LostExample {
  readonly promptId: string
  readonly prompt: string
  /** What the grader found in the answer, or the end of the answer; null where the trace is gone. */
  readonly referenceAnswer: string | null
  readonly variantAnswer: string | null
}

export interface LostSource {
  readonly comparison: Comparison
  readonly facts: readonly CellFact[]
  /** Examples a variant; default 12. */
  readonly limit?: number
  prompt(promptIndex: number): Prompt | null
  /** The cell's trace of one sample, or null. */
  trace(variantIndex: number, promptIndex: number, sample: number): Trace | null
}

/** Looks up what every variant lost. Reads two traces an example and no others. */
export function collectLost(source: LostSource): readonly LostPrompts[] {
  const { comparison, facts, limit = 12 } = source
  const { reference } = comparison
  // The comparison was made for one of the run's arms.
  const arm = comparison.arm as Arm
  return comparison.variants
    .filter(({ index }) => index !== reference)
    .map(({ index }) => {
      const indexes = findFlips(facts, { arm, variantIndex: index, reference, quadrant: 'lost' })
      return {
        variantIndex: index,
        promptIds: indexes.map((promptIndex) => source.prompt(promptIndex)?.id ?? `prompt ${promptIndex + 1}`),
        examples: indexes.slice(0, limit).flatMap((promptIndex) => example(source, index, promptIndex) ?? []),
      }
    })
}

function example(source: LostSource, variantIndex: number, promptIndex: number): LostExample | null {
  const prompt = source.prompt(promptIndex)
  if (prompt === null) return null
  const sample = lostSample(source, variantIndex, promptIndex)
  return {
    promptId: prompt.id,
    prompt: prompt.text,
    referenceAnswer: foundAnswer(source.trace(source.comparison.reference, promptIndex, sample)),
    variantAnswer: foundAnswer(source.trace(variantIndex, promptIndex, sample)),
  }
}

// The first sample that was right under the reference and wrong here.
function lostSample({ facts, comparison }: LostSource, variantIndex: number, promptIndex: number): number {
  const here = facts.filter((fact) => fact.promptIndex === promptIndex && fact.arm === comparison.arm)
  const wrong = here.filter((fact) => fact.variantIndex === variantIndex && fact.correct === false)
  const lost = wrong.find(({ sample }) =>
    here.some((fact) => fact.variantIndex === comparison.reference && fact.sample === sample && fact.correct === true),
  )
  return lost?.sample ?? 0
}

function foundAnswer(trace: Trace | null): string | null {
  if (trace === null) return null
  if (trace.grade?.kind === 'graded' && trace.grade.found !== null) return trace.grade.found
  return trace.raw.slice(trace.split.answer.start, trace.split.answer.end).trim()
}
