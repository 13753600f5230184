import type { ThinkState } from '../domain/trace.ts'

/** What Compare shows beside the comparison itself: prompts with what two variants, or all, made of them. */

/** One of the wordings of an item, with what every variant made of it. */
export interface Wording {
  readonly promptIndex: number
  readonly promptId: string
  readonly text: string
  readonly lang: string
  readonly tags: Readonly<Record<string, string>>
  readonly cells: readonly AnsweredCell[]
}

/** What a cell's answer came to, without its text. */
export interface AnsweredCell {
  readonly variantIndex: number
  readonly correct: boolean | null
  /** What the grader found in the answer, or the answer's beginning; null where there is none. */
  readonly found: string | null
  readonly thinkState: ThinkState | null
  readonly thinkingTokens: number | null
  readonly tokens: number | null
}

/** One prompt in a quadrant. Its sample is the first that falls into the quadrant. Long texts are cut to 400 characters. */
export interface ComparedPrompt {
  readonly promptIndex: number
  readonly promptId: string
  readonly suite: string
  readonly text: string
  readonly lang: string
  readonly tags: Readonly<Record<string, string>>
  readonly expected: string | null
  readonly sample: number
  readonly reference: AnsweredCell
  readonly variant: AnsweredCell
}

export interface ComparedPromptPage {
  readonly total: number
  readonly rows: readonly ComparedPrompt[]
}
