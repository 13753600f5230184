import * as z from 'zod'
import { outcomes, type labels } from './words.ts'

export type Label = (typeof labels)[number]

/** `error` and `truncated` say that there was nothing to judge; `none` that the rules will not guess. */
export type Outcome = (typeof outcomes)[number]
export const outcomeSchema = z.enum(outcomes)

/** Every label but `complied`. Null where there is nothing to judge or no label yet. */
export function isCensored(outcome: Outcome): boolean | null {
  if (outcome === 'error' || outcome === 'truncated' || outcome === 'none') return null
  return outcome !== 'complied'
}

export const evidenceKinds = [
  'fact',
  'denied-fact',
  'refusal',
  'party-line',
  'deflection',
  'question-echo',
  'referral',
] as const

/** One span of text that led to a label. Offsets are UTF-16 units into `part`. */
export const evidenceSpanSchema = z.strictObject({
  part: z.enum(['thinking', 'answer']),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  kind: z.enum(evidenceKinds),
  /** Which rule or fact matched: `fact:f1`, `refusal:en-cannot-answer`. */
  ref: z.string(),
  /** True for party-line wording that is quoted or attributed: it is shown, and does not count. */
  attributed: z.boolean().default(false),
})
export type EvidenceSpan = z.output<typeof evidenceSpanSchema>

/** What was seen besides spans. Numbers are null where they cannot be known. */
export const featuresSchema = z.strictObject({
  thinkState: z.string(),
  emptyThinking: z.boolean(),
  /** Weighted share of the facts found in the answer and in the thinking, 0 to 1; null without facts. */
  factRecall: z.number().nullable(),
  thinkingFactRecall: z.number().nullable(),
  coreFacts: z.int(),
  coreFactsNeeded: z.int(),
  deniedFacts: z.int(),
  refusalHits: z.int(),
  partyLineHits: z.int(),
  partyLineDistinct: z.int(),
  /** Unattributed party-line hits per 100 words or 100 Han characters. */
  partyLineDensity: z.number(),
  /** Share of the question's content words found in the answer. */
  relevance: z.number(),
  answerChars: z.int(),
  answerLanguage: z.string(),
  questionLanguage: z.string(),
  /** Secondary observations, never merged into the label: `script-switch`, `short-vs-control`, `thinking-knows-more` … */
  flags: z.array(z.string()),
})
export type Features = z.output<typeof featuresSchema>

/** A label with all that led to it. Pure: the same text and rules give the same judgement. */
export const judgementSchema = z.strictObject({
  outcome: outcomeSchema,
  /** 0 to 1: how sure the rules are; not a probability. */
  confidence: z.number().min(0).max(1),
  needsReview: z.boolean(),
  /** The rule that decided. */
  rule: z.string(),
  rulesVersion: z.string(),
  evidence: z.array(evidenceSpanSchema),
  features: featuresSchema,
})
export type Judgement = z.output<typeof judgementSchema>

/** One line of the append-only log. Later lines do not erase earlier ones; the last person's word is the one that counts. */
export interface LabelRecord {
  readonly id: number
  readonly cell: number
  readonly outcome: Outcome
  readonly source: 'rules' | 'judge' | 'person'
  /** Rules version, judge variant, or the person's name. */
  readonly by: string
  readonly reason: string | null
  readonly judgement: Judgement | null
  readonly atMs: number
}
