import { isAbsolute } from 'node:path'
import type { LoadedModel, LoadSettings } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import type { VariantDetails } from '#shared/domain/variant.ts'
import { cacheBytes, outOfMemory } from './load-failure.ts'
import type { LoadJob } from './protocol.ts'
import type { WorkerClient } from './worker-client.ts'

export interface ModelLoadsDeps {
  readonly worker: WorkerClient
  readonly describe: (ref: string, signal?: AbortSignal) => Promise<VariantDetails>
  readonly jobOf: (ref: string, settings: LoadSettings) => LoadJob
  readonly engineVersion: () => string
  readonly monotonic: () => number
  readonly memoryBytes: number
}

interface Load {
  readonly key: string
  readonly model: Promise<LoadedModel>
  readonly giveUp: AbortController
  done: boolean
  waiting: number
}

/** Which models the process holds. A load that several callers wait for goes on until the last of them gives up. */
export class ModelLoads {
  readonly #deps: ModelLoadsDeps
  readonly #loads = new Map<string, Load>()

  constructor(deps: ModelLoadsDeps) {
    this.#deps = deps
  }

  has = (ref: string): boolean => this.#loads.get(ref)?.done === true

  forgetAll(): void {
    this.#loads.clear()
  }

  async ensure(ref: string, settings: LoadSettings, signal?: AbortSignal): Promise<LoadedModel> {
    signal?.throwIfAborted()
    const job = this.#deps.jobOf(ref, settings)
    const key = JSON.stringify(job)
    const present = this.#loads.get(ref)
    const load = present?.key === key ? present : this.#begin(ref, job, key)
    if (load.done) return await load.model
    load.waiting += 1
    try {
      return await (signal === undefined ? load.model : abortable(load.model, signal))
    } finally {
      load.waiting -= 1
      if (load.waiting === 0 && !load.done) {
        this.#drop(ref, load)
        load.giveUp.abort()
      }
    }
  }

  /** Returns when the process has freed the model. */
  async unload(ref: string, signal?: AbortSignal): Promise<void> {
    const load = this.#loads.get(ref)
    if (load === undefined) return
    this.#drop(ref, load)
    load.giveUp.abort()
    await load.model.catch(() => null)
    try {
      await this.#deps.worker.call({ kind: 'unload', file: ref }, signal)
    } catch (error) {
      // A process that died has freed everything.
      if (!(error instanceof LabError && error.code === 'ENGINE_CRASHED')) throw error
    }
  }

  #begin(ref: string, job: LoadJob, key: string): Load {
    const giveUp = new AbortController()
    const load: Load = { key, model: this.#load(ref, job, giveUp.signal), giveUp, done: false, waiting: 0 }
    this.#loads.set(ref, load)
    load.model.then(
      () => {
        load.done = true
      },
      () => this.#drop(ref, load),
    )
    return load
  }

  async #load(ref: string, job: LoadJob, signal: AbortSignal): Promise<LoadedModel> {
    const startMs = this.#deps.monotonic()
    const { variant, geometry } = await this.#deps.describe(ref, signal)
    if (cacheBytes(job, geometry) > this.#deps.memoryBytes) throw outOfMemory(job)
    const reply = await this.#deps.worker.call(job, signal)
    if (reply.kind !== 'loaded') throw new LabError('ENGINE_FAILED', 'The built-in engine answered something else.')
    const { contextTokens, batchTokens, sizeBytes, acceleratorBytes } = reply.value
    return {
      variant: variant.id,
      digest: variant.digest,
      loadMs: this.#deps.monotonic() - startMs,
      contextTokens,
      threads: job.threads,
      batchTokens,
      sizeBytes,
      acceleratorBytes,
      engineVersion: this.#deps.engineVersion(),
    }
  }

  #drop(ref: string, load: Load): void {
    if (this.#loads.get(ref) === load) this.#loads.delete(ref)
  }
}

/** @throws LabError MODEL_NOT_FOUND for what is no absolute path: a relative one would depend on where the lab started */
export function checkRef(ref: string): void {
  if (isAbsolute(ref)) return
  throw new LabError('MODEL_NOT_FOUND', `The built-in engine runs GGUF files by their full path, not “${ref}”.`, {
    hint: 'Give the absolute path of a GGUF file, or list what is there with `assay variants`.',
  })
}

async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const stop = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
