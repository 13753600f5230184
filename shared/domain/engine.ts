import type { Digest, EndpointId, VariantId } from './ids.ts'
import type { EndReason, Timings, TokenRecord } from './trace.ts'
import type { EngineKind } from './variant.ts'

/** What an engine can do. Read when a run is planned, never found out by catching errors. */
export interface EngineFeatures {
  /** The most alternatives a token can have; 0: only the chosen one's log-probability; null: none at all. */
  readonly maxAlternatives: number | null
  /** Full-vocabulary scoring of a given continuation. */
  readonly score: boolean
  readonly tokenIds: boolean
  /** An app's view: messages in, thinking and answer split by the engine. */
  readonly chat: boolean
  /** Generations it serves at the same time. */
  readonly concurrency: number
  readonly pull: boolean
  readonly create: boolean
}

/** Whether an endpoint can be used now, and if not, why and what to do. */
export type EngineStatus = {
  readonly endpoint: EndpointId
  readonly kind: EngineKind
  /** Where it is: a URL, or the library's name. */
  readonly address: string
  /** True when requests leave this machine. */
  readonly remote: boolean
} & (
  | {
      readonly state: 'ready'
      readonly version: string
      readonly features: EngineFeatures
      /** Why its variants are not in the list, and what to do, where they are not. */
      readonly unlisted?: { readonly reason: string; readonly hint: string; readonly pending: boolean }
    }
  | { readonly state: 'absent' | 'broken'; readonly reason: string; readonly hint: string }
)

/** Why the variants of an endpoint are not in the list, and what to do; null where they are. */
export const whyUnlisted = (engine: EngineStatus): { readonly reason: string; readonly hint: string } | null =>
  engine.state === 'ready' ? (engine.unlisted ?? null) : engine

/** Whether all is well with it: what only takes its time is no fault. */
export const isWell = (engine: EngineStatus): boolean =>
  engine.state === 'ready' && (engine.unlisted === undefined || engine.unlisted.pending)

/** Sampling settings of a run: equal for all its variants. */
export interface Sampling {
  /** 0 is greedy. */
  readonly temperature: number
  readonly topP: number
  /** 0 keeps all. */
  readonly topK: number
  readonly minP: number
  readonly repeatPenalty: number
  /** Seed of sample 0; sample k uses seed + k, the same for every variant. */
  readonly seed: number
}

export interface LoadSettings {
  readonly contextTokens: number
  /** Null leaves the choice to the engine. */
  readonly threads: number | null
  readonly batchTokens: number | null
}

/** What is in memory after a load, as the engine reports it. */
export interface LoadedModel {
  readonly variant: VariantId
  readonly digest: Digest
  readonly loadMs: number
  readonly contextTokens: number | null
  /** What it really runs with; null where the engine chose and does not say. */
  readonly threads: number | null
  readonly batchTokens: number | null
  readonly sizeBytes: number | null
  /** Bytes of it on an accelerator. */
  readonly acceleratorBytes: number | null
  readonly engineVersion: string
}

/** How thinking is asked for. `chat` is the engine's own chat call, as an app would see it. */
export const arms = ['natural', 'forced', 'suppressed', 'chat'] as const
export type Arm = (typeof arms)[number]

export interface GenerateRequest {
  readonly ref: string
  /** `raw`: exact prompt text without BOS, which the engine adds. `chat`: the engine renders the messages. */
  readonly input:
    | { readonly mode: 'raw'; readonly prompt: string }
    | { readonly mode: 'chat'; readonly system: string | null; readonly user: string; readonly think: boolean | null }
  readonly load: LoadSettings
  readonly sampling: Sampling
  readonly seed: number
  readonly maxTokens: number
  readonly stop: readonly string[]
  /** Alternatives a token; null: no log-probabilities at all. */
  readonly alternatives: number | null
}

export type EngineEvent =
  /** New text. `tokens` holds what the engine said of the tokens it came from, possibly fewer than there are. */
  | {
      readonly kind: 'text'
      readonly text: string
      /** Which part it belongs to, where the engine splits (chat); null for raw. */
      readonly thinking: boolean | null
      /** Tokens this text came from: 1 unless several tokens make up one character. */
      readonly tokenCount: number
      readonly tokens: readonly TokenRecord[]
      readonly atMs: number
    }
  | {
      readonly kind: 'end'
      readonly reason: EndReason
      /** Null where the engine does not count. */
      readonly promptTokens: number | null
      readonly outputTokens: number | null
      readonly timings: Timings
    }

/** Progress of anything long. `done` never runs backwards. */
export interface Progress {
  /** What is being done, in words: `pulling 3f2a…`, `quantizing blk.0.attn_q.weight`. */
  readonly step: string
  readonly doneBytes: number
  readonly totalBytes: number | null
  /** For how long nothing was heard; absent while something is. */
  readonly silentSeconds?: number
}

/** Scores at one position of a given continuation, from the whole distribution. Natural logarithms. */
export interface PositionScore {
  readonly token: number
  readonly logprob: number
  readonly entropy: number
  readonly topToken: number
  readonly topLogprob: number
}
