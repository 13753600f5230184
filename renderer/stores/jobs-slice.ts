import type { StateCreator } from 'zustand'
import type { LabClient } from '#shared/contract/contract.ts'
import type { Progress } from '#shared/domain/engine.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { pageError } from './loadable.ts'
import { noPace, pace, type Pace } from './pace.ts'
import type { QuerySlice } from './query-slice.ts'

/** Something about variants that takes long. It goes on when its screen is left, until it ends or is cancelled. */
export type JobRequest =
  | { readonly kind: 'pull'; readonly endpoint: string; readonly name: string }
  | {
      readonly kind: 'make'
      /** What it is made from. */
      readonly variant: string
      readonly family: string
      readonly type: string
      readonly scale: 'block' | 'channel' | 'tensor'
      readonly out?: string
      readonly register?: string
    }
  | { readonly kind: 'specimen'; readonly precisions: readonly string[] }
  | { readonly kind: 'load'; readonly variant: string; readonly contextTokens: number }
  | { readonly kind: 'unload'; readonly variant: string }

export interface Job {
  readonly id: number
  readonly request: JobRequest
  readonly state: 'running' | 'done' | 'failed' | 'cancelled'
  readonly step: string
  /** Never falls, whatever the engine says. */
  readonly doneBytes: number
  readonly totalBytes: number | null
  /** 0 to 1, null while nothing is known. Never falls, not even when the total grows. */
  readonly share: number | null
  readonly pace: Pace
  /** For how long the engine has said nothing; null while it speaks. */
  readonly silentSeconds: number | null
  /** Why it failed. */
  readonly error: ErrorInfo | null
  /** What a `make` ended with. */
  readonly made: Variant | null
}

export interface JobsSlice {
  /** Oldest first. */
  readonly jobs: readonly Job[]
  /** Starts it, or takes up what stopped before; one that is running already is left alone. Its number is returned. */
  startJob(request: JobRequest): number
  cancelJob(id: number): void
  /** Forgets one that has ended. */
  dismissJob(id: number): void
}

const touched = ['variants.', 'catalogue.fit', 'lab.info', 'engines.status']

export const createJobsSlice =
  (lab: LabClient, nowMs: () => number): StateCreator<JobsSlice & QuerySlice, [], [], JobsSlice> =>
  (set, get) => {
    const stops = new Map<number, AbortController>()
    let lastId = 0
    const change = (id: number, to: (job: Job) => Job) =>
      set(({ jobs }) => ({ jobs: jobs.map((job) => (job.id === id ? to(job) : job)) }))

    const run = async (id: number, request: JobRequest, stop: AbortController) => {
      try {
        for await (const { made = null, ...progress } of reports(lab, request, stop.signal)) {
          change(id, (job) => ({ ...advance(job, progress, nowMs()), made: made ?? job.made }))
        }
        change(id, (job) => ({ ...job, state: 'done', share: 1 }))
      } catch (error) {
        const cancelled = stop.signal.aborted
        change(id, (job) =>
          cancelled ? { ...job, state: 'cancelled' } : { ...job, state: 'failed', error: pageError(error) },
        )
      } finally {
        stops.delete(id)
        get().invalidate((name) => touched.some((start) => name.startsWith(start)))
      }
    }

    return {
      jobs: [],
      startJob(request) {
        const before = get().jobs.find((job) => sameThing(job.request, request))
        if (before?.state === 'running') return before.id
        const id = (lastId += 1)
        const stop = new AbortController()
        stops.set(id, stop)
        // A pull goes on where it stopped: what was fetched is kept, and shown.
        const kept = before !== undefined && request.kind === 'pull' && before.state !== 'done' ? before : null
        const job: Job = {
          id,
          request,
          state: 'running',
          step: '',
          doneBytes: kept?.doneBytes ?? 0,
          totalBytes: kept?.totalBytes ?? null,
          share: kept?.share ?? null,
          pace: noPace,
          silentSeconds: null,
          error: null,
          made: null,
        }
        set(({ jobs }) => ({ jobs: [...jobs.filter((other) => other !== before), job] }))
        void run(id, request, stop)
        return id
      },
      cancelJob(id) {
        stops.get(id)?.abort()
      },
      dismissJob(id) {
        set(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== id || job.state === 'running') }))
      },
    }
  }

/** Whether two requests are about the same thing, so that one takes the other's place in the list. */
function sameThing(a: JobRequest, b: JobRequest): boolean {
  if (a.kind === 'pull' && b.kind === 'pull') return a.endpoint === b.endpoint && a.name === b.name
  if (a.kind === 'make' && b.kind === 'make')
    return a.variant === b.variant && a.type === b.type && a.scale === b.scale && a.out === b.out
  if (a.kind === 'specimen' && b.kind === 'specimen') return true
  const residents = ['load', 'unload']
  return (
    residents.includes(a.kind) &&
    residents.includes(b.kind) &&
    'variant' in a &&
    'variant' in b &&
    a.variant === b.variant
  )
}

type Report = Progress & { readonly made?: Variant | null }

async function* reports(
  lab: LabClient,
  request: JobRequest,
  signal: AbortSignal,
): AsyncGenerator<Report, void, undefined> {
  const options = { signal }
  switch (request.kind) {
    case 'pull':
      yield* lab['variants.pull']({ endpoint: request.endpoint, name: request.name }, options)
      break
    case 'make': {
      const { kind: _, family: __, ...input } = request
      yield* lab['variants.make'](input, options)
      break
    }
    case 'specimen':
      yield* lab['specimen.prepare']({ precisions: [...request.precisions] }, options)
      break
    case 'load':
      await lab['variants.load']({ variant: request.variant, contextTokens: request.contextTokens }, options)
      break
    case 'unload':
      await lab['variants.unload']({ variant: request.variant }, options)
  }
  // A stream that was cancelled may end instead of throwing: it did not do what was asked.
  signal.throwIfAborted()
}

/** Engines name the layers one after another, so the total grows, and a part may be fetched again. */
function advance(job: Job, progress: Progress, atMs: number): Job {
  const doneBytes = Math.max(job.doneBytes, progress.doneBytes)
  const totalBytes = progress.totalBytes === null ? job.totalBytes : Math.max(job.totalBytes ?? 0, progress.totalBytes)
  const now = totalBytes === null || totalBytes === 0 ? null : Math.min(1, doneBytes / totalBytes)
  return {
    ...job,
    step: progress.step,
    silentSeconds: progress.silentSeconds ?? null,
    doneBytes,
    totalBytes,
    share: now === null ? job.share : Math.max(job.share ?? 0, now),
    pace: pace(job.pace, { atMs, doneBytes: progress.doneBytes, totalBytes }),
  }
}
