import type { Progress } from '#shared/domain/engine.ts'

/** Work that reports through a callback and stops when its signal aborts. */
export type ReportingWork<T> = (onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<T>

/**
 * Runs work and yields its reports; the work's result is the generator's. A slow reader gets the newest report
 * only; a reader that leaves stops the work.
 */
export async function* progressStream<T>(
  work: ReportingWork<T>,
  signal: AbortSignal,
): AsyncGenerator<Progress, T, undefined> {
  const left = new AbortController()
  const box: { latest: Progress | null; ended: boolean; wake: () => void } = {
    latest: null,
    ended: false,
    wake: () => {},
  }
  const result = work(
    (progress) => {
      box.latest = progress
      box.wake()
    },
    AbortSignal.any([signal, left.signal]),
  ).finally(() => {
    box.ended = true
    box.wake()
  })
  // Awaited below; a reader that has left is not told.
  result.catch(() => {})
  try {
    while (!box.ended || box.latest !== null) {
      if (box.latest === null) {
        await new Promise<void>((resolve) => {
          box.wake = resolve
        })
        continue
      }
      const progress = box.latest
      box.latest = null
      yield progress
    }
    return await result
  } finally {
    left.abort()
  }
}
