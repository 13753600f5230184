import type { EndpointId } from '#shared/domain/ids.ts'
import type { HashedSuite } from '#shared/domain/suite.ts'
import type { MemoryFit, Variant } from '#shared/domain/variant.ts'
import type { Engine } from '../engines/engine.ts'
import type { Store } from '../store/store.ts'

/** Time, passed in so that tests own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds on a clock that never jumps. */
  monotonic(): number
  /** Resolves early, without throwing, when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Everything a run needs of the rest of the lab. */
export interface RunDeps {
  readonly store: Store
  /** @throws LabError NOT_FOUND for an endpoint that is not configured */
  engine(endpoint: EndpointId): Engine
  /** Looks a variant up anew, so that a changed digest is seen. @throws LabError MODEL_NOT_FOUND */
  variant(idOrName: string, signal?: AbortSignal): Promise<Variant>
  /** By hash or by name. @throws LabError NOT_FOUND */
  suite(hashOrName: string): Promise<HashedSuite>
  fit(variant: Variant, contextTokens: number): Promise<MemoryFit>
  readonly clock: Clock
  /** Of this machine. */
  readonly cores: number
  /** What the built-in engine takes where a run says nothing. */
  builtinThreads(): number
  /** Names this process as an executor. */
  readonly owner: string
  /** Whether another executor is known to be gone: then its lease need not lapse first. */
  isGone(owner: string): boolean
  readonly assayVersion: string
  /** Told of what should never happen, to be logged. */
  onBug(error: unknown): void
}
