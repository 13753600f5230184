import type { Prompt, SuiteSummary } from './suite.ts'
import { distances } from './words.ts'

/** What a list says of a suite's prompts, counted. Distances that do not occur are left out. */
export function countPrompts(
  prompts: readonly Prompt[],
): Pick<SuiteSummary, 'n' | 'graded' | 'languages' | 'distances' | 'isProbePack'> {
  const counts = distances.map(
    (distance) => [distance, prompts.filter(({ tags }) => tags['distance'] === distance).length] as const,
  )
  return {
    n: prompts.length,
    graded: prompts.filter(({ grader }) => grader !== undefined).length,
    languages: [...new Set(prompts.map(({ lang }) => lang))],
    distances: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    isProbePack: prompts.some(({ probe }) => probe !== undefined),
  }
}
