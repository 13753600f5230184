import type { GraderKind, HashedPrompt, Probe, Prompt, SuiteSummary } from '../domain/suite.ts'

/** Shapes that exist for the screens and commands about suites. */

export interface SuitePreview {
  readonly summary: Omit<SuiteSummary, 'savedAtMs' | 'source'>
  /** The first prompts, variables filled in. */
  readonly prompts: readonly Prompt[]
  /** Smallest loss in points that its graded prompts can tell from none; null where it has none. */
  readonly resolvablePoints: number | null
}

/** A source of generated prompts, as it is offered. */
export interface SuiteTemplate {
  readonly id: string
  readonly title: string
  readonly description: string
}

/** How many prompts have each value, most first; long tails are cut. */
export type ValueCounts = readonly { readonly value: string; readonly n: number }[]

export interface SuiteDetails {
  readonly summary: SuiteSummary
  /** True for one that was deleted, or that no longer ships: runs keep it, lists do not show it. */
  readonly hidden: boolean
  readonly license: string | null
  readonly attribution: readonly string[]
  readonly counts: {
    readonly distance: ValueCounts
    readonly family: ValueCounts
    /** Kinds; `none` counts prompts without a grader. */
    readonly grader: ValueCounts
    readonly lang: ValueCounts
    /** Roles of probes; `none` counts prompts that are no probes. */
    readonly role: ValueCounts
  }
}

/** One prompt in a list. Long texts are cut to 400 characters. */
export interface SuitePromptRow {
  /** Its place in the suite, from 0. */
  readonly index: number
  readonly id: string
  readonly text: string
  /** Null where nothing short says it. */
  readonly expected: string | null
  readonly grader: GraderKind | null
  readonly lang: string
  readonly tags: Readonly<Record<string, string>>
  readonly pair: string | null
  readonly role: Probe['role'] | null
}

export interface SuitePromptPage {
  readonly total: number
  readonly rows: readonly SuitePromptRow[]
}

/** One prompt whole, with the others of its pair in the suite's order. */
export interface SuitePromptView {
  readonly index: number
  readonly prompt: HashedPrompt
  readonly expected: string | null
  /** At most 50. */
  readonly wordings: readonly SuitePromptRow[]
}
