import type { Progress } from '#shared/domain/engine.ts'

export interface SilencePace {
  /** Milliseconds without a word that are worth saying. */
  readonly afterMs: number
  /** Then it is said again so often. */
  readonly everyMs: number
}

/** A pull over a slow line pauses for some seconds, and people begin to wonder after some more. */
const silencePace: SilencePace = { afterMs: 10_000, everyMs: 5000 }

/**
 * Reports as they come, and while none comes for how long none has. Nothing is given up: checking what was pulled, or
 * quantizing, takes minutes without a word, and whoever waits can cancel.
 * @param options.first what stands there before the first report
 */
export async function* tellSilence(
  open: (signal: AbortSignal) => AsyncIterable<Progress>,
  signal: AbortSignal,
  { first, pace }: { readonly first?: Progress; readonly pace?: SilencePace } = {},
): AsyncGenerator<Progress> {
  const left = new AbortController()
  const reports = open(AbortSignal.any([signal, left.signal]))[Symbol.asyncIterator]()
  const { afterMs, everyMs } = pace ?? silencePace
  let last = first ?? { step: '', doneBytes: 0, totalBytes: null }
  let heardAt = performance.now()
  let next = reports.next()
  // What it ends with is awaited below, unless the reader has left.
  next.catch(() => {})
  try {
    for (let waitMs = afterMs; ;) {
      const result = await orSilence(next, waitMs)
      if (result === null) {
        waitMs = everyMs
        yield { ...last, silentSeconds: Math.round((performance.now() - heardAt) / 1000) }
        continue
      }
      if (result.done === true) return
      waitMs = afterMs
      heardAt = performance.now()
      last = result.value
      yield last
      next = reports.next()
      next.catch(() => {})
    }
  } finally {
    left.abort()
  }
}

/** Null where nothing comes in time. */
async function orSilence<T>(next: Promise<T>, ms: number): Promise<T | null> {
  const silence = Promise.withResolvers<null>()
  const timer = setTimeout(() => silence.resolve(null), ms)
  try {
    return await Promise.race([next, silence.promise])
  } finally {
    clearTimeout(timer)
  }
}
