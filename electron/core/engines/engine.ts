import type {
  EngineEvent,
  EngineFeatures,
  EngineStatus,
  GenerateRequest,
  LoadedModel,
  LoadSettings,
  PositionScore,
  Progress,
} from '#shared/domain/engine.ts'
import type { Digest, EndpointId } from '#shared/domain/ids.ts'
import type { EngineKind, Variant, VariantDetails } from '#shared/domain/variant.ts'

/** A prompt as the engine's template renders it, without BOS, which the engine adds. */
export interface RenderedPrompt {
  readonly text: string
  /** What rendered it: the engine itself, the file's Jinja template, or Assay's own template of the family. */
  readonly by: 'engine' | 'jinja' | 'family'
  readonly templateHash: Digest
}

export interface ScoreRequest {
  readonly ref: string
  readonly load: LoadSettings
  /** Token ids or text (tokenized with special tokens). BOS is added by the engine to `prompt`. */
  readonly prompt: string | readonly number[]
  readonly continuation: string | readonly number[]
  /** Also return every position's whole distribution. */
  readonly distribution: boolean
}

/** Teacher-forced scores of one position; `logprobs` has one natural logarithm a vocabulary entry when asked for. */
export interface ScoredPosition extends PositionScore {
  readonly logprobs: Float32Array | null
}

/**
 * What runs models: all that the lab knows of an engine. Every adapter passes test/conformance/engine.ts.
 * Failures are LabErrors; aborting a signal ends the action within 200 ms of the engine's next word.
 */
export interface Engine {
  readonly endpoint: EndpointId
  readonly kind: EngineKind

  /** Never throws: an absent or broken engine is a status with a reason and a hint. */
  status(signal?: AbortSignal): Promise<EngineStatus>
  /** @throws LabError ENGINE_ABSENT | ENGINE_TOO_OLD when the engine is not ready */
  features(signal?: AbortSignal): Promise<EngineFeatures>

  list(signal?: AbortSignal): Promise<readonly Variant[]>
  /** @throws LabError MODEL_NOT_FOUND | GGUF_INVALID */
  describe(ref: string, signal?: AbortSignal): Promise<VariantDetails>

  /** One user message, ready for an answer, as this model's template writes it. */
  render(
    ref: string,
    prompt: { readonly system: string | null; readonly user: string },
    load: LoadSettings,
    signal?: AbortSignal,
  ): Promise<RenderedPrompt>

  /** Idempotent. @throws LabError MODEL_NOT_FOUND | OUT_OF_MEMORY | GGUF_INVALID | ENGINE_FAILED */
  load(ref: string, settings: LoadSettings, signal?: AbortSignal): Promise<LoadedModel>
  /** Returns when the memory is free. Idempotent. */
  unload(ref: string, signal?: AbortSignal): Promise<void>

  /**
   * Streams one generation: zero or more `text`, then exactly one `end`.
   * Aborting `signal` ends the stream with reason `cancelled`; it does not throw.
   * `atMs` counts from this call on a monotonic clock.
   * @throws LabError after the text that had arrived: ENGINE_CRASHED | ENGINE_FAILED | ENGINE_BUSY | STREAM_CUT |
   *   STREAM_GARBLED | PROMPT_TOO_LONG | MODEL_NOT_FOUND | OUT_OF_MEMORY | ENGINE_UNSUPPORTED
   */
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<EngineEvent>

  /** Tokens of a text with special tokens parsed and no BOS, where the engine shows ids. */
  countTokens?(ref: string, text: string, load: LoadSettings, signal?: AbortSignal): Promise<number>
  /** Present where `features.score`. Positions in order, one a continuation token. */
  score?(request: ScoreRequest, signal: AbortSignal): AsyncIterable<ScoredPosition>
  /** Present where `features.pull` or `features.create`. */
  readonly models?: ModelManager

  /** Frees everything. Idempotent; open streams end as `cancelled`. */
  close(): Promise<void>
}

/** What registering a GGUF file as a tag needs. */
export interface CreateRequest {
  readonly name: string
  /** A GGUF file on this machine. */
  readonly file: string
  readonly template: string | null
  readonly system: string | null
  readonly parameters: Readonly<Record<string, readonly string[]>>
  /** Shown as the tag's quantization level, for example `FP8-E4M3 (simulated)`. */
  readonly precisionLabel: string | null
}

/** An engine's own store of models. Progress streams end by returning; `doneBytes` never falls. */
export interface ModelManager {
  pull(name: string, signal: AbortSignal): AsyncIterable<Progress>
  delete(ref: string): Promise<void>
  copy(from: string, to: string): Promise<void>
  create(request: CreateRequest, signal: AbortSignal): AsyncIterable<Progress>
  /** Quantizes on the server. Few types are possible there; see the adapter. */
  quantize(from: string, to: string, type: string, signal: AbortSignal): AsyncIterable<Progress>
  /** The GGUF file behind a tag where it lies on this machine, so that it can be read without copying; else null. */
  weightsFile(ref: string): Promise<string | null>
}
