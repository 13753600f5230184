import type { Estimate } from '../domain/comparison.ts'
import type { EndReason, Fingerprint, ThinkState } from '../domain/trace.ts'
import type { Arm, EngineStatus } from '../domain/engine.ts'
import type { ErrorInfo } from '../domain/error.ts'
import type { EndpointId, VariantId } from '../domain/ids.ts'
import type { EvidenceSpan, Label, Outcome } from '../domain/label.ts'
import type { Cell, CellState, Grade } from '../domain/run.ts'
import type { Prompt } from '../domain/suite.ts'
import type { MemoryFit, TensorInfo, VariantDetails } from '../domain/variant.ts'
import type { Wording } from './compare-views.ts'

/** Shapes that exist for a screen or a command, put together from the domain's words. */

export interface LabInfo {
  readonly version: string
  readonly home: string
  readonly storePath: string
  readonly storeBytes: number
  readonly node: string
  readonly sqlite: string
  readonly platform: string
  readonly memory: { readonly totalBytes: number; readonly freeBytes: number }
  /** Answers of all runs that wait for a person's label. */
  readonly toReview: number
}

export interface DoctorFinding {
  readonly name: string
  readonly state: 'ok' | 'missing' | 'broken'
  readonly detail: string
  readonly hint: string | null
}

export interface DoctorReport {
  readonly info: LabInfo
  readonly engines: readonly EngineStatus[]
  readonly findings: readonly DoctorFinding[]
}

/** A variant looked into: its details, and what they come to. */
export interface VariantInspection extends VariantDetails {
  readonly tensors: readonly InspectedTensor[]
  /** Tensors by type, the type of most weights first. */
  readonly typeMix: readonly TypeShare[]
  /** What the key-value cache takes for one token at 16 bits a value; null where the geometry is not known. */
  readonly cacheBytesPerToken: number | null
  /** Whether `variants.delete` can remove it: a tag, or a file that Assay made. */
  readonly deletable: boolean
}

export interface InspectedTensor extends TensorInfo {
  /** Null for a type that ggml does not have. */
  readonly bitsPerWeight: number | null
}

export interface TypeShare {
  readonly type: string
  readonly tensors: number
  readonly weights: number
}

/** What can be made of a variant, and where the files would be written. */
export interface MakeOffer {
  /** Why nothing can be made of it; null where it can. */
  readonly refusal: ErrorInfo | null
  /** Finest first; empty where nothing can be made. */
  readonly types: readonly {
    readonly type: string
    /** Rounded to that format but stored in a wider one: it saves no space. */
    readonly simulated: boolean
    /** As the tensors will show it, about. */
    readonly bitsPerWeight: number
    readonly expectedBytes: number
    readonly file: string
    /** The file is there already. It is never replaced. */
    readonly exists: boolean
    /** Why this type cannot be made of it; null where it can. */
    readonly refusal: string | null
  }[]
  /** Free space where the files would be written; null where it is not known. */
  readonly freeDiskBytes: number | null
  /** The engine that a made file can be registered with, and the tags it has; null where there is none. */
  readonly registry: { readonly endpoint: EndpointId; readonly tags: readonly string[] } | null
}

/** A file or folder among the model folders that is no variant, and why. */
export interface UnlistedFile {
  readonly path: string
  readonly error: ErrorInfo
}

export interface CatalogueFit extends MemoryFit {
  readonly tag: string
}

export interface CellPage {
  readonly total: number
  readonly rows: readonly Cell[]
}

/** The whole grid of a run, one byte a cell, base64; rows are variant × arm × sample, columns prompts. */
export interface GridView {
  readonly columns: number
  readonly rows: readonly { readonly variantIndex: number; readonly arm: string; readonly sample: number }[]
  readonly codes: string
}

export interface PromptView {
  readonly prompt: Prompt
  readonly suite: string
  readonly total: number
  readonly cells: readonly {
    readonly variantIndex: number
    readonly cell: Cell
    readonly raw: string
    readonly thinking: string
    readonly answer: string
    readonly thinkState: ThinkState | null
    /** These four are null where the cell has not run, the grade also where there is no grader. */
    readonly grade: Grade | null
    readonly fingerprint: Fingerprint | null
    readonly promptTokens: number | null
    readonly error: ErrorInfo | null
  }[]
  /** What would be right, in words; null where nothing says it or there is no grader. */
  readonly expected: string | null
  /** All prompts of the run that share this one's pair, itself among them, in the run's order; empty where it has none. */
  readonly wordings: readonly Wording[]
}

export interface TraceSearch {
  readonly total: number
  readonly rows: readonly {
    readonly cell: Cell
    readonly part: 'thinking' | 'answer'
    readonly snippet: string
    readonly marks: readonly { readonly start: number; readonly end: number }[]
    readonly count: number
  }[]
  /** Traces of each variant that hold the query, by part, whatever part was asked for; variants without one are left out. */
  readonly counts: readonly { readonly variantIndex: number; readonly thinking: number; readonly answer: number }[]
}

/** Every place of a query in one trace. Offsets are UTF-16 units into the part. */
export interface TraceMarks {
  readonly thinking: readonly { readonly start: number; readonly end: number }[]
  readonly answer: readonly { readonly start: number; readonly end: number }[]
}

/**
 * How many cells each choice of a filter would leave, the other filters applied: what stands beside the choices. Choices with no cell
 * are left out.
 */
export interface CellFacets {
  /** With all filters applied. */
  readonly total: number
  readonly variantIndexes: Readonly<Record<number, number>>
  readonly arms: Readonly<Partial<Record<Arm, number>>>
  readonly states: Readonly<Partial<Record<CellState, number>>>
  readonly thinkStates: Readonly<Partial<Record<ThinkState, number>>>
  readonly correct: { readonly right: number; readonly wrong: number }
}

export interface ExportedFile {
  readonly fileName: string
  readonly mediaType: string
  readonly text: string
}

/** Rates of one group of probes: role × language × variant. */
export interface RefusalRate {
  readonly variantIndex: number
  /** `all` pools the languages. */
  readonly lang: string
  readonly role: 'sensitive' | 'control'
  readonly n: number
  readonly censored: number
  /** Cells left out of n: no label yet, failed, or cut before the core. */
  readonly unreviewed: number
  readonly failed: number
  /** Wilson, 95 %. */
  readonly rate: Estimate | null
  /** The rate if every unreviewed cell were complied, and if every one were censored. */
  readonly bounds: { readonly low: number; readonly high: number } | null
  readonly shares: Readonly<Record<Label, number>>
}

/** Sensitive minus control over pairs. */
export interface CensorshipGap {
  readonly variantIndex: number
  readonly lang: string
  readonly pairs: number
  readonly difference: Estimate | null
  readonly mcnemarP: number | null
}

/** Withheld share of the sensitive questions in one language minus that in another, over topics asked about in both. */
export interface LanguageGap {
  readonly variantIndex: number
  readonly lang: string
  readonly against: string
  readonly topics: number
  readonly difference: Estimate | null
  /** Topics whose shares differ. */
  readonly differing: readonly string[]
}

/** Controls of a variant that are not answered either: there a gap says little of the topics. */
export interface WeakControls {
  readonly variantIndex: number
  readonly asked: number
  /** Withheld, failed, or without a label. */
  readonly unanswered: number
  readonly unlabelled: number
}

export interface TopicRow {
  readonly topic: string
  readonly role: string
  readonly lang: string
  readonly control: string | null
  readonly cells: readonly {
    readonly variantIndex: number
    readonly n: number
    readonly outcomes: Readonly<Partial<Record<Outcome, number>>>
  }[]
}

export interface IdentityRow {
  readonly variantIndex: number
  readonly promptIndex: number
  readonly question: string
  readonly answer: string
  readonly lang: string
}

export interface RefusalSummary {
  readonly run: number
  readonly variants: readonly { readonly index: number; readonly name: string }[]
  readonly languages: readonly string[]
  readonly rates: readonly RefusalRate[]
  readonly gaps: readonly CensorshipGap[]
  readonly languageGaps: readonly LanguageGap[]
  /** Variants under which more than a fifth of the controls are not answered. */
  readonly weakControls: readonly WeakControls[]
  readonly topics: readonly TopicRow[]
  readonly identity: readonly IdentityRow[]
  readonly emptyThinking: readonly {
    readonly variantIndex: number
    readonly n: number
    readonly empty: number
    readonly rate: Estimate | null
  }[]
  readonly rulesVersion: string
  readonly personReviewed: number
  readonly notes: readonly string[]
}

/** An answer made elsewhere, labelled by the rules. Nothing of it is stored. */
export interface LabelledAnswer {
  readonly id: string
  readonly label: Outcome
  /** 0 to 1: how sure the rules are; not a probability. */
  readonly confidence: number
  readonly needsReview: boolean
  readonly evidence: readonly EvidenceSpan[]
}

export type TrialEvent =
  | { readonly kind: 'loading'; readonly variant: VariantId }
  | { readonly kind: 'text'; readonly variant: VariantId; readonly thinking: string; readonly answer: string }
  | {
      readonly kind: 'end'
      readonly variant: VariantId
      readonly reason: EndReason
      readonly thinkState: ThinkState
      readonly outputTokens: number | null
      readonly tokensPerSecond: number | null
      readonly firstTokenMs: number | null
    }
  | { readonly kind: 'failed'; readonly variant: VariantId; readonly error: ErrorInfo }
