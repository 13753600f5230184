import type { Comparison } from '#shared/domain/comparison.ts'
import { wholeNumber, type Route } from '../../routing/route.ts'
import { firstDifference } from '../../text/diff-words.ts'
import type { CompareChoice } from './compare-query.ts'
import { chooseVariant } from './compared.ts'

export const promptViews = ['diff', 'text', 'raw'] as const
export type PromptViewKind = (typeof promptViews)[number]

/** What the prompt view's address says beyond the comparison's. */
export interface PromptChoice {
  readonly view: PromptViewKind
  readonly sample: number
}

export const readPromptChoice = (query: Route['query']): PromptChoice => ({
  view: promptViews.find((view) => view === query['view']) ?? 'diff',
  sample: wholeNumber(query['sample']) ?? 0,
})

/** The variants in the two panes. While blind their order is that of the letters, so that the reference does not give itself away. */
export function paneOrder(
  [reference, variant]: readonly [reference: number, variant: number],
  order: readonly number[],
  { blind }: Pick<CompareChoice, 'blind'>,
): readonly [left: number, right: number] {
  if (!blind || order.indexOf(reference) < order.indexOf(variant)) return [reference, variant]
  return [variant, reference]
}

/** The variant beside the reference: the one asked for, else the one that Compare opens on. */
export const promptVariant = ({ variants, reference }: Comparison, asked: number | null): number | null =>
  chooseVariant(variants, reference, asked)

/** Where two answers part. `word` counts from 1. */
export interface Parting {
  readonly part: 'thinking' | 'answer'
  readonly word: number
}

interface Parts {
  readonly thinking: string
  readonly answer: string
}

/** Null where thinking and answer have the same words. */
export function parting(left: Parts, right: Parts): Parting | null {
  for (const part of ['thinking', 'answer'] as const) {
    const word = firstDifference(left[part], right[part])
    if (word !== null) return { part, word }
  }
  return null
}
