import { totalmem } from 'node:os'
import type { Engine, RenderedPrompt, ScoredPosition, ScoreRequest } from '#core/engines/engine.ts'
import type { EngineEvent, EngineFeatures, EngineStatus, GenerateRequest, LoadSettings } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { endpointId } from '#shared/domain/ids.ts'
import type { Variant, VariantDetails } from '#shared/domain/variant.ts'
import { forkWorker } from '#core/workers/fork-worker.ts'
import type { SpawnWorker } from '#core/workers/worker-process.ts'
import { cancelledEnd, EndedForAnother, streamGeneration } from './generate-stream.ts'
import { libraryRoot, locateLibrary, type Library } from './locate-library.ts'
import { checkRef, ModelLoads } from './model-loads.ts'
import type { LoadJob, WorkerReply } from './protocol.ts'
import { createReplyQueue } from './reply-queue.ts'
import { renderPrompt, Templates } from './templates.ts'
import { failureOf, usualPatience, WorkerClient, type WorkerPatience } from './worker-client.ts'

export interface BuiltinEngineDeps {
  /** The GGUF files that can be offered. */
  readonly listFiles: (signal?: AbortSignal) => Promise<readonly Variant[]>
  /** Any GGUF file by its absolute path. @throws LabError MODEL_NOT_FOUND | GGUF_INVALID */
  readonly describeFile: (path: string, signal?: AbortSignal) => Promise<VariantDetails>
  /** Threads of one generation where load settings leave it open. Default 1: on few cores the quickest, and exact. */
  readonly threads?: number
  /** Generations at the same time. Default 1. Each has its own context, and its own threads. */
  readonly slots?: number
  /** Default: `auto` on Apple silicon, whose only binary has Metal; else false. */
  readonly gpu?: 'auto' | false
  readonly spawn?: SpawnWorker
  /** Milliseconds on a clock that never jumps. */
  readonly monotonic?: () => number
  readonly patience?: WorkerPatience
  readonly library?: () => Library
  /** Memory of this machine. */
  readonly memoryBytes?: number
}

const endpoint = endpointId('builtin')
const address = 'node-llama-cpp'
const mostAlternatives = 100

/** llama.cpp through node-llama-cpp in a process of its own, which is started by the first call that needs it. */
export function createBuiltinEngine(deps: BuiltinEngineDeps): Engine {
  return new BuiltinEngine(deps)
}

class BuiltinEngine implements Engine {
  readonly endpoint = endpoint
  readonly kind = 'builtin'
  readonly #deps: BuiltinEngineDeps
  readonly #monotonic: () => number
  readonly #patience: WorkerPatience
  readonly #worker: WorkerClient
  readonly #loads: ModelLoads
  readonly #templates: Templates
  readonly #closing = new AbortController()
  #library: Library | null = null
  /** Why llama.cpp did not start, once it has not. */
  #startFailure: LabError | null = null

  constructor(deps: BuiltinEngineDeps) {
    this.#deps = deps
    this.#monotonic = deps.monotonic ?? (() => performance.now())
    this.#patience = deps.patience ?? usualPatience
    this.#worker = new WorkerClient({
      spawn: deps.spawn ?? forkWorker,
      patience: this.#patience,
      onGone: () => this.#loads.forgetAll(),
    })
    this.#loads = new ModelLoads({
      worker: this.#worker,
      describe: this.describe,
      jobOf: (ref, settings) => this.#loadJob(ref, settings),
      engineVersion: () => this.#readyLibrary().version,
      monotonic: this.#monotonic,
      memoryBytes: deps.memoryBytes ?? totalmem(),
    })
    this.#templates = new Templates(this.describe)
  }

  status(): Promise<EngineStatus> {
    const library = this.#locate()
    const base = { endpoint, kind: this.kind, address, remote: false } as const
    if (library.state === 'absent') return Promise.resolve({ ...base, ...library })
    if (this.#startFailure !== null) {
      const { message: reason, hint } = this.#startFailure
      return Promise.resolve({ ...base, state: 'broken', reason, hint: hint ?? 'Use Ollama.' })
    }
    return Promise.resolve({ ...base, state: 'ready', version: library.version, features: this.#features() })
  }

  async features(): Promise<EngineFeatures> {
    await Promise.resolve(this.#readyLibrary())
    return this.#features()
  }

  async list(signal?: AbortSignal): Promise<readonly Variant[]> {
    const files = await this.#deps.listFiles(signal)
    return files.map((variant) => ({ ...variant, loaded: this.#loads.has(variant.ref) }))
  }

  describe = async (ref: string, signal?: AbortSignal): Promise<VariantDetails> => {
    checkRef(ref)
    const details = await this.#deps.describeFile(ref, signal)
    return { ...details, variant: { ...details.variant, loaded: this.#loads.has(ref) } }
  }

  async render(
    ref: string,
    prompt: { readonly system: string | null; readonly user: string },
    _load: LoadSettings,
    signal?: AbortSignal,
  ): Promise<RenderedPrompt> {
    const { renderMs } = this.#patience
    return await renderPrompt({ worker: this.#worker, renderMs }, await this.#templates.of(ref, signal), prompt, signal)
  }

  async load(ref: string, settings: LoadSettings, signal?: AbortSignal) {
    this.#readyLibrary()
    try {
      return await this.#loads.ensure(ref, settings, signal)
    } catch (error) {
      if (error instanceof LabError && error.code === 'ENGINE_ABSENT') this.#startFailure = error
      throw error
    }
  }

  unload(ref: string, signal?: AbortSignal): Promise<void> {
    return this.#loads.unload(ref, signal)
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<EngineEvent, void, void> {
    const startMs = this.#monotonic()
    if (request.input.mode === 'chat') throw chatUnsupported()
    const either = AbortSignal.any([signal, this.#closing.signal])
    const session = { worker: this.#worker, monotonic: this.#monotonic, startMs }
    for (let begun = false; ;) {
      try {
        await this.load(request.ref, request.load, either)
        for await (const event of streamGeneration(session, request, either)) {
          begun = true
          yield event
        }
        return
      } catch (error) {
        if (either.aborted) return yield cancelledEnd(this.#monotonic() - startMs)
        if (!(error instanceof EndedForAnother)) throw error
        if (begun) throw error.cause
      }
    }
  }

  async countTokens(ref: string, text: string, load: LoadSettings, signal?: AbortSignal): Promise<number> {
    await this.load(ref, load, signal)
    const reply = await this.#worker.call({ kind: 'count', file: ref, text }, signal)
    if (reply.kind !== 'counted') throw new LabError('ENGINE_FAILED', 'The built-in engine answered something else.')
    return reply.value
  }

  async *score(request: ScoreRequest, signal: AbortSignal): AsyncGenerator<ScoredPosition, void, void> {
    const { ref, load, ...rest } = request
    const either = AbortSignal.any([signal, this.#closing.signal])
    await this.load(ref, load, either)
    const replies = createReplyQueue<WorkerReply>()
    const submission = this.#worker.submit(
      { kind: 'score', file: ref, ...rest },
      { onReply: replies.push, onGone: replies.fail },
    )
    const stop = () => replies.fail(either.reason)
    either.addEventListener('abort', stop, { once: true })
    try {
      for await (const reply of replies) {
        if (reply.kind === 'failed') throw failureOf(reply.error)
        if (reply.kind === 'scored') return
        if (reply.kind === 'scores') yield* reply.scores
        submission.more()
      }
    } finally {
      either.removeEventListener('abort', stop)
      submission.abort()
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#worker.close()
  }

  #loadJob(file: string, { contextTokens, threads, batchTokens }: LoadSettings): LoadJob {
    const { slots = 1, gpu = process.platform === 'darwin' && process.arch === 'arm64' ? 'auto' : false } = this.#deps
    return { kind: 'load', file, contextTokens, threads: threads ?? this.#deps.threads ?? 1, batchTokens, slots, gpu }
  }

  #features(): EngineFeatures {
    return {
      maxAlternatives: mostAlternatives,
      score: true,
      tokenIds: true,
      chat: false,
      concurrency: this.#deps.slots ?? 1,
      pull: false,
      create: false,
    }
  }

  #locate(): Library {
    return (this.#library ??= (this.#deps.library ?? (() => locateLibrary(libraryRoot(), process)))())
  }

  #readyLibrary(): Extract<Library, { state: 'ready' }> {
    const library = this.#locate()
    if (library.state === 'ready') return library
    throw new LabError('ENGINE_ABSENT', library.reason, { hint: library.hint })
  }
}

function chatUnsupported(): LabError {
  return new LabError('ENGINE_UNSUPPORTED', 'The built-in engine has no chat call of its own.', {
    hint: 'Use the arms natural, forced or suppressed, or an Ollama tag for the chat arm.',
  })
}
