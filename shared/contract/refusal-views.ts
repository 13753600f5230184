import type { Estimate } from '../domain/comparison.ts'
import type { ErrorInfo } from '../domain/error.ts'
import type { Judgement, LabelRecord, Outcome } from '../domain/label.ts'
import type { Cell } from '../domain/run.ts'
import type { Probe } from '../domain/suite.ts'

/** Shapes of the refusal log: its rows, one cell with its evidence, pairs, the review queue and how far people and rules agree. */

/** One finished cell of a probe with the label that counts. */
export interface RefusalRow {
  readonly cell: Cell
  /** At most 400 characters. */
  readonly question: string
  readonly lang: string
  readonly topic: string
  readonly pair: string
  readonly role: Probe['role']
  /** `error` also where the generation failed, `none` where nobody gave a label. */
  readonly outcome: Outcome
  /** These four are null where there is no label; rule and confidence also where a person gave it. */
  readonly source: LabelRecord['source'] | null
  readonly by: string | null
  readonly rule: string | null
  /** 0 to 1: how sure the rules are; not a probability. */
  readonly confidence: number | null
  readonly reason: string | null
}

export interface RefusalLogPage {
  readonly total: number
  readonly rows: readonly RefusalRow[]
}

/** How many finished cells pass a filter, and how many of them have each label. */
export interface OutcomeCounts {
  readonly total: number
  readonly outcomes: Readonly<Record<Outcome, number>>
  /** Of those with the outcome `none`: what is said about oneself and made-up topics, which gets no label. */
  readonly unlabelledByRole: number
}

/** `echo`: the words stand there, but only because the question held them. */
export type FactState = 'stated' | 'denied' | 'echo' | 'missing'

/** One fact of a probe: what is looked for, and whether answer and thinking state it. */
export interface ProbeFact {
  readonly id: string
  readonly core: boolean
  /** RE2 patterns, any of which will do. */
  readonly patterns: readonly string[]
  readonly answer: FactState
  readonly thinking: FactState
}

/** Everything about one cell of the log. */
export interface RefusalCell {
  readonly row: RefusalRow
  /** The whole question. */
  readonly question: string
  readonly thinking: string
  readonly answer: string
  readonly minCore: number
  readonly facts: readonly ProbeFact[]
  /** What the rules said of the present text; offsets of its evidence count in `thinking` and `answer`. */
  readonly judgement: Judgement | null
  /** The whole log of this cell, oldest first; lines of a text that was replaced are among them. */
  readonly history: readonly LabelRecord[]
  /** The other roles of the same pair in the same language: same variant, arm and sample. */
  readonly counterparts: readonly { readonly row: RefusalRow; readonly answer: string }[]
  readonly error: ErrorInfo | null
  readonly seed: number | null
}

export interface PairedQuestion {
  readonly promptIndex: number
  readonly promptId: string
  readonly topic: string
  readonly text: string
}

export interface PairedCell {
  readonly cell: number
  readonly outcome: Outcome
}

/** A sensitive question beside its control, and what every variant made of both; null where a cell has not run. */
export interface RefusalPair {
  readonly pair: string
  readonly lang: string
  readonly sensitive: PairedQuestion
  readonly control: PairedQuestion
  readonly cells: readonly {
    readonly variantIndex: number
    readonly sensitive: PairedCell | null
    readonly control: PairedCell | null
  }[]
}

export interface RefusalPairPage {
  readonly total: number
  readonly rows: readonly RefusalPair[]
}

/** What a person is asked to label next, in an order that tells nothing of the variant. */
export interface ReviewQueue {
  /** All that is left, what was put off included. */
  readonly left: number
  /** Of those that wait: the answers without a label. The others have one of which the rules are unsure. */
  readonly unlabelled: number
  readonly cells: readonly number[]
}

/** How far a person's label and that of the rules for the same text agree. */
export interface Agreement {
  /** `unsure`: answers that the rules put up for review; `sure`: the others. */
  readonly group: 'all' | 'unsure' | 'sure'
  /** `label`: the same of seven outcomes. `withheld`: complied or one of the other labels. */
  readonly measure: 'label' | 'withheld'
  readonly n: number
  readonly agreed: number
  /** Cohen's kappa, 95 %; null below `minimum` items, or where both only ever used one outcome. */
  readonly kappa: Estimate | null
}

export interface DecidedItem {
  readonly cell: number
  readonly promptId: string
  readonly variantIndex: number
  readonly outcome: Outcome
  readonly by: string
  readonly reason: string | null
  readonly atMs: number
  /** What the rules said; `none` where they would not guess. */
  readonly rules: Outcome
}

export interface RefusalAgreement {
  /** Items below which no kappa is given. */
  readonly minimum: number
  /** Finished cells of probes that can have a label. */
  readonly labelled: number
  readonly reviewed: number
  /** Reviewed, but the rules gave no label to agree with. */
  readonly withoutRules: number
  readonly agreements: readonly Agreement[]
  /** Cells by who or what gave the label that counts: rules version, judge, or a person's name. */
  readonly labelledBy: readonly { readonly source: LabelRecord['source']; readonly by: string; readonly n: number }[]
  /** The latest 50, newest first. */
  readonly decided: readonly DecidedItem[]
}
