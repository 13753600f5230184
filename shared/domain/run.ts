import * as z from 'zod'
import { arms, type Arm } from './engine.ts'
import type { ErrorInfo } from './error.ts'
import type { CellId, CellKey, Digest, RunId, SuiteHash } from './ids.ts'
import type { Outcome } from './label.ts'
import type { EndReason, Fingerprint, Split, ThinkState, Timings } from './trace.ts'
import type { Variant } from './variant.ts'
import type { cellStates, runStates } from './words.ts'

export const samplingSchema = z.strictObject({
  temperature: z.number().min(0).max(5).default(0),
  topP: z.number().gt(0).max(1).default(1),
  topK: z.int().min(0).max(100_000).default(0),
  minP: z.number().min(0).max(1).default(0),
  repeatPenalty: z.number().min(0.1).max(5).default(1),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
})

/** What a run shall do. Fixed and stored before its first cell. */
export const runSpecSchema = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  /** Suites by hash or by name; a name means its newest version. */
  suites: z.array(z.string().min(1)).min(1).max(50),
  variants: z.array(z.string().min(1)).min(1).max(50),
  /** One of `variants`. Default: the finest precision. */
  reference: z.string().optional(),
  arms: z.array(z.enum(arms)).min(1).default(['natural']),
  samples: z.int().min(1).max(1000).default(1),
  sampling: samplingSchema.prefault({}),
  /** Largest acceptable loss in accuracy, as a share: 0.02 is two points. */
  margin: z.number().gt(0).lt(1).default(0.02),
  /** One-sided error rate of the verdict; the verdict's interval has 1 - 2 alpha. */
  alpha: z.number().gt(0).lt(0.5).default(0.05),
  contextTokens: z.int().min(64).max(4_194_304).default(16_384),
  maxTokens: z.int().min(1).max(1_048_576).default(8192),
  /** No text for this long ends the cell; the partial text is kept. */
  idleTimeoutMs: z.int().min(100).max(86_400_000).default(120_000),
  /** How often a cell is tried again after a failure that may pass. */
  retries: z.int().min(0).max(10).default(2),
  /** Alternatives to store a token; null stores no log-probabilities. */
  alternatives: z.int().min(0).max(20).nullable().default(null),
  threads: z.int().min(1).max(1024).nullable().default(null),
  /** Generations at the same time; null: as many as the engine states. */
  concurrency: z.int().min(1).max(64).nullable().default(null),
  /** Only prompts whose tags match, for example `{distance: 'far'}`. */
  where: z.record(z.string(), z.string()).default({}),
  /** At most this many prompts of each suite, spread evenly over its families; null: all. */
  limit: z.int().min(1).nullable().default(null),
  /** Variant that answers `judge` graders; null where there are none. */
  judge: z.string().nullable().default(null),
  /** Run the reference twice and report how far it differs from itself. */
  noiseFloor: z.boolean().default(false),
})
export type RunSpecInput = z.input<typeof runSpecSchema>
export type RunSpec = z.output<typeof runSpecSchema>

/** A variant as a run uses it: the snapshot taken when the run was planned. */
export interface RunVariant {
  /** Position in the run: 0 is the reference. The second pass of the reference (noise floor) is the last. */
  readonly index: number
  readonly variant: Variant
  readonly role: 'reference' | 'candidate' | 'repeat'
}

export interface PlanWarning {
  readonly code: string
  readonly message: string
}

/** What a run will cost, before it starts. */
export interface RunPlan {
  readonly variants: readonly RunVariant[]
  readonly suites: readonly { readonly hash: SuiteHash; readonly name: string; readonly n: number }[]
  readonly cells: number
  /** Model loads: one a variant with missing cells, and one for the judge. */
  readonly loads: number
  /** Bytes of weights that will be loaded in all. */
  readonly bytes: number
  /** Seconds of generation, from earlier runs of these variants; null where nothing is known of them yet. */
  readonly seconds: number | null
  /** Which cells the seconds rest on. Answers to other prompts may be many times shorter or longer. */
  readonly secondsFrom: 'these-prompts' | 'other-prompts' | null
  /** Seconds if every answer used its whole token budget; null where that is not known. */
  readonly mostSeconds: number | null
  readonly warnings: readonly PlanWarning[]
  /** Prompts whose answers will be graded: those with a grader, without the ones for a judge that the run has not. */
  readonly graded: number
  /** Smallest loss in points that so many graded prompts can tell from none, at the flip rate assumed; null where none is graded. */
  readonly resolvablePoints: number | null
}

/** `interrupted`: its executor is gone without a word (its lease has lapsed); it can be resumed. */
export type RunState = (typeof runStates)[number]

export interface RunSummary {
  readonly id: RunId
  readonly name: string
  readonly state: RunState
  readonly createdAtMs: number
  readonly startedAtMs: number | null
  readonly finishedAtMs: number | null
  /** Seconds of execution, pauses and interruptions left out. */
  readonly activeSeconds: number
  readonly suites: readonly { readonly hash: SuiteHash; readonly name: string; readonly n: number }[]
  readonly variants: readonly RunVariant[]
  readonly arms: readonly Arm[]
  readonly samples: number
  readonly counts: CellCounts
  readonly isProbeRun: boolean
}

/** How far one variant of a run has come. */
export interface VariantProgress {
  readonly variantIndex: number
  readonly total: number
  readonly done: number
  readonly error: number
  /** Time its finished cells took, seconds; cells that ran at the same time share it. */
  readonly seconds: number
  /** For the cells that have not run: see estimate-time.ts in electron/core/runs; null where nothing is known. */
  readonly secondsLeft: number | null
}

export interface Run extends RunSummary {
  readonly spec: RunSpec
  readonly plan: RunPlan
  readonly error: ErrorInfo | null
}

/**
 * `done` holds a generation, whole or cut by its token budget; `error` holds a failure and what text there was; `pending`
 * has still to run, also where a cancel cut it off: see `isCutOff`.
 */
export type CellState = (typeof cellStates)[number]

export interface CellCounts {
  readonly total: number
  readonly pending: number
  readonly running: number
  readonly done: number
  readonly error: number
}

/** One row of the grid of cells: everything a list shows, nothing long. */
export interface Cell {
  readonly id: CellId
  readonly key: CellKey
  readonly run: RunId
  readonly variantIndex: number
  readonly promptIndex: number
  readonly promptId: string
  readonly suite: string
  readonly arm: Arm
  readonly sample: number
  readonly state: CellState
  readonly thinkState: ThinkState | null
  /** Null where there is no grader, no generation, or nothing that could be graded. */
  readonly correct: boolean | null
  readonly outcome: Outcome | null
  readonly needsReview: boolean
  readonly tokens: number | null
  readonly thinkingTokens: number | null
  readonly tokensPerSecond: number | null
  readonly firstTokenMs: number | null
  readonly endReason: EndReason | null
  readonly errorCode: string | null
}

/** What a grader said. `ungradable` is not wrong: it is left out of n and counted apart. */
export type Grade =
  | { readonly kind: 'graded'; readonly correct: boolean; readonly found: string | null; readonly version: string }
  | { readonly kind: 'ungradable'; readonly reason: string; readonly version: string }

/** The stored generation of a cell. */
export interface Trace {
  readonly cell: Cell
  readonly prompt: string
  /** The exact text that was sent, or null for the chat arm. */
  readonly renderedPrompt: string | null
  readonly renderedHash: Digest | null
  /** Byte for byte as the engine sent it. */
  readonly raw: string
  readonly split: Split
  readonly endReason: EndReason
  readonly promptTokens: number | null
  readonly outputTokens: number | null
  readonly timings: Timings
  readonly seed: number
  readonly fingerprint: Fingerprint
  readonly grade: Grade | null
  readonly error: ErrorInfo | null
  readonly attempts: number
  /** Fewer log-probabilities arrived than tokens; the difference. Null where none were asked for. */
  readonly logprobsMissing: number | null
  readonly startedAtMs: number
}

/** What a watcher of a run sees. Events are a view, never the record: the store is. */
export type RunEvent =
  | { readonly kind: 'state'; readonly run: RunId; readonly state: RunState; readonly error: ErrorInfo | null }
  | {
      readonly kind: 'progress'
      readonly run: RunId
      readonly counts: CellCounts
      readonly activeSeconds: number
      readonly variants: readonly VariantProgress[]
      /** Of all variants; null until enough is known of each. */
      readonly secondsLeft: number | null
      readonly waitingFor: string | null
    }
  | {
      readonly kind: 'variant'
      readonly run: RunId
      readonly variantIndex: number
      readonly phase: 'loading' | 'warming' | 'running' | 'unloading' | 'judging'
    }
  | {
      readonly kind: 'cell-started'
      readonly run: RunId
      readonly cell: CellId
      readonly variantIndex: number
      readonly promptIndex: number
      readonly arm: Arm
      readonly sample: number
    }
  | {
      readonly kind: 'cell-text'
      readonly run: RunId
      readonly cell: CellId
      /** What is new since the event before. */
      readonly thinking: string
      readonly answer: string
      /** Tokens of the cell so far. */
      readonly tokens: number
      readonly firstTokenMs: number
      /** Since the first token; null while there is only one. */
      readonly tokensPerSecond: number | null
    }
  | { readonly kind: 'cell-done'; readonly run: RunId; readonly cell: Cell }
