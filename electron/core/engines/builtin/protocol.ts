import * as z from 'zod'
import type { Sampling } from '#shared/domain/engine.ts'
import { errorCodes } from '#shared/domain/error.ts'

/**
 * What the lab and the engine's process say to each other. Requests are typed: they come from us. Replies are parsed,
 * because native code shares memory with whoever writes them. Text comes in batches, so that neither side pays a
 * message for every token. All `…Ms` count from the arrival of the request.
 */
export interface LoadJob {
  readonly kind: 'load'
  /** Absolute path; also the model's name in all other requests. */
  readonly file: string
  readonly contextTokens: number
  readonly threads: number
  readonly batchTokens: number | null
  /** Generations at the same time: each has a context of its own. */
  readonly slots: number
  readonly gpu: 'auto' | false
}

export interface GenerateJob {
  readonly kind: 'generate'
  readonly file: string
  readonly prompt: string
  readonly sampling: Sampling
  readonly seed: number
  readonly maxTokens: number
  readonly stop: readonly string[]
  readonly alternatives: number | null
}

export interface ScoreJob {
  readonly kind: 'score'
  readonly file: string
  readonly prompt: string | readonly number[]
  readonly continuation: string | readonly number[]
  readonly distribution: boolean
}

export type Job =
  | LoadJob
  | GenerateJob
  | ScoreJob
  | { readonly kind: 'unload'; readonly file: string }
  | { readonly kind: 'count'; readonly file: string; readonly text: string }
  | { readonly kind: 'render'; readonly template: string; readonly system: string | null; readonly user: string }

export type WorkerRequest =
  | (Job & { readonly id: number })
  /** Ends the job `id`; it still answers. */
  | { readonly kind: 'abort'; readonly id: number }
  /** The reader of scores `id` has taken a window: send the next one. */
  | { readonly kind: 'more'; readonly id: number }
  /** Answered by `alive` as long as the process's JavaScript runs. */
  | { readonly kind: 'ping' }

const id = z.int().min(0)
const tokenId = z.int().min(0)
/** Natural logarithm of a probability; a rounding error above 0 is not hostile. */
const logprob = z.number().max(1e-3)

const tokenRecord = z.strictObject({
  text: z.string(),
  logprob: logprob.nullable(),
  id: tokenId,
  alternatives: z.array(z.strictObject({ text: z.string(), logprob: logprob.nullable(), id: tokenId })),
})

const piece = z.strictObject({
  text: z.string(),
  tokenCount: z.int().min(1),
  tokens: z.array(tokenRecord),
  atMs: z.number().min(0),
})
/** New text with the tokens that it came from. */
export type Piece = z.output<typeof piece>

const loadedReply = z.strictObject({
  contextTokens: z.int().min(1),
  batchTokens: z.int().min(1),
  sizeBytes: z.number().min(0),
  /** Null where the engine does not say. */
  acceleratorBytes: z.number().min(0).nullable(),
})
export type LoadedReply = z.output<typeof loadedReply>

const generationEnd = z.strictObject({
  reason: z.enum(['stop', 'length', 'cancelled']),
  promptTokens: z.int().min(0),
  /** With the token that ended it. */
  outputTokens: z.int().min(0),
  /** Null where no token came. */
  promptMs: z.number().min(0).nullable(),
  generateMs: z.number().min(0).nullable(),
})
export type GenerationEnd = z.output<typeof generationEnd>

const score = z.strictObject({
  token: tokenId,
  logprob,
  entropy: z.number().min(0),
  topToken: tokenId,
  topLogprob: logprob,
  logprobs: z.instanceof(Float32Array).nullable(),
})
export type Score = z.output<typeof score>

export const workerReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('alive') }),
  z.strictObject({ kind: z.literal('loaded'), id, value: loadedReply }),
  z.strictObject({ kind: z.literal('unloaded'), id }),
  z.strictObject({ kind: z.literal('counted'), id, value: z.int().min(0) }),
  z.strictObject({ kind: z.literal('rendered'), id, value: z.string() }),
  z.strictObject({ kind: z.literal('text'), id, pieces: z.array(piece).min(1) }),
  z.strictObject({ kind: z.literal('ended'), id, value: generationEnd }),
  z.strictObject({ kind: z.literal('scores'), id, scores: z.array(score).min(1) }),
  z.strictObject({ kind: z.literal('scored'), id }),
  z.strictObject({
    kind: z.literal('failed'),
    id,
    error: z.strictObject({
      code: z.enum(errorCodes),
      message: z.string(),
      hint: z.string().nullable(),
      data: z.unknown().optional(),
    }),
  }),
])
export type WorkerReply = z.output<typeof workerReply>
