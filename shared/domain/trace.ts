/**
 * What the thinking of a cell looks like. Defined for text whose prompt may already have opened the thinking.
 * - normal: opened, not empty, closed
 * - skipped: opened and closed with nothing but white space between
 * - unclosed: opened, never closed, although the model ended by itself
 * - no-open-tag: closed without having been opened
 * - leaked: a thinking tag stands again in the answer
 * - budget-cut: opened, and the generation was cut (length, time-out, cancel) before it closed
 * - absent: no tag anywhere
 */
export const thinkStates = ['normal', 'skipped', 'unclosed', 'no-open-tag', 'leaked', 'budget-cut', 'absent'] as const
export type ThinkState = (typeof thinkStates)[number]

/** Why a generation ended. `repetition`: cut by the engine because the text repeated itself. */
export const endReasons = ['stop', 'length', 'cancelled', 'repetition', 'timeout', 'failed'] as const
export type EndReason = (typeof endReasons)[number]

/** One alternative at a position. `logprob` is natural; null means probability 0 at the engine's resolution. */
export interface TokenAlternative {
  readonly text: string
  readonly logprob: number | null
  /** Token id where the engine shows ids. */
  readonly id: number | null
}

/** One output token, in order. */
export interface TokenRecord {
  readonly text: string
  readonly logprob: number | null
  readonly id: number | null
  /** Most likely first; empty where none were asked for. */
  readonly alternatives: readonly TokenAlternative[]
}

/** The two parts of what a model wrote, as offsets into the raw text so that nothing is stored twice. */
export interface Split {
  readonly thinkState: ThinkState
  /** UTF-16 offsets into the raw text; start === end where there is no thinking. */
  readonly thinking: { readonly start: number; readonly end: number }
  readonly answer: { readonly start: number; readonly end: number }
  /** Version of the splitter: a split can be made again at any time. */
  readonly version: string
}

/** Times of one generation on the engine, milliseconds. Null where the engine does not say. */
export interface Timings {
  /** From the request to the first text. */
  readonly firstTokenMs: number | null
  readonly promptMs: number | null
  readonly generateMs: number | null
  /** From the request to the end, on our clock. */
  readonly totalMs: number
}

/** The configuration a cell really ran with. Stored once for all cells that share it. */
export interface Fingerprint {
  readonly engine: string
  readonly engineVersion: string
  readonly variantDigest: string
  readonly templateHash: string
  readonly contextTokens: number | null
  readonly batchTokens: number | null
  readonly threads: number | null
  /** Share of the model on an accelerator, 0 to 1; null where the engine does not say. */
  readonly offloaded: number | null
  readonly mode: 'raw' | 'chat'
  readonly sampling: string
  readonly assayVersion: string
}
