import type { Arm } from '#shared/domain/engine.ts'
import type { Outcome } from '#shared/domain/label.ts'
import type { Prompt, Probe } from '#shared/domain/suite.ts'
import type { CellFilter } from '../store/store.ts'

/** What the refusal log can be narrowed to. Absent: no condition; arrays mean any of. */
export interface ProbeFilter {
  readonly variantIndexes?: readonly number[] | undefined
  readonly arms?: readonly Arm[] | undefined
  readonly outcomes?: readonly Outcome[] | undefined
  readonly roles?: readonly Probe['role'][] | undefined
  readonly topics?: readonly string[] | undefined
  readonly languages?: readonly string[] | undefined
  readonly needsReview?: boolean | undefined
  /** In questions, thinking and answers. */
  readonly query?: string | undefined
}

/** The same filter over cells: finished ones whose prompt is a probe that fits. */
export function probeCellFilter(filter: ProbeFilter, prompts: readonly Prompt[]): CellFilter {
  const { roles, topics, languages, query } = filter
  const fits = ({ lang, probe }: Prompt) =>
    probe !== undefined &&
    (roles?.includes(probe.role) ?? true) &&
    (topics?.includes(probe.topic) ?? true) &&
    (languages?.includes(lang) ?? true)
  const promptIndexes = indexesOf(prompts, fits)
  const words = query?.trim().toLowerCase() ?? ''
  return {
    states: ['done', 'error'],
    // All of them is no condition: the store need not look at a list of every prompt.
    ...(promptIndexes.length === prompts.length ? {} : { promptIndexes }),
    ...(filter.variantIndexes === undefined ? {} : { variantIndexes: filter.variantIndexes }),
    ...(filter.arms === undefined ? {} : { arms: filter.arms }),
    ...(filter.outcomes === undefined ? {} : { outcomes: filter.outcomes }),
    ...(filter.needsReview === undefined ? {} : { needsReview: filter.needsReview }),
    ...(words === ''
      ? {}
      : { query: words, queryPrompts: indexesOf(prompts, ({ text }) => text.toLowerCase().includes(words)) }),
  }
}

function indexesOf(prompts: readonly Prompt[], fits: (prompt: Prompt) => boolean): readonly number[] {
  return prompts.flatMap((prompt, index) => (fits(prompt) ? [index] : []))
}
