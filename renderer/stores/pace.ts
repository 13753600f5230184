/** How fast bytes come, over the last seconds. */
export interface Pace {
  readonly samples: readonly { readonly atMs: number; readonly doneBytes: number }[]
  /** Null until it has been watched for long enough to mean something. */
  readonly bytesPerSecond: number | null
  readonly secondsLeft: number | null
}

export const noPace: Pace = { samples: [], bytesPerSecond: null, secondsLeft: null }

/** A stall shows within this time; a hiccup does not. */
const windowMs = 10_000
const leastMs = 2000

/**
 * Goes on with another look at what is done. What was there at the first look does not count: a pull that is taken up
 * again begins with most of its bytes.
 */
export function pace(
  before: Pace,
  {
    atMs,
    doneBytes,
    totalBytes,
  }: { readonly atMs: number; readonly doneBytes: number; readonly totalBytes: number | null },
): Pace {
  const last = before.samples.at(-1)
  // Fewer bytes than before: another layer, or a part that is fetched again. Watched anew.
  const kept = last === undefined || doneBytes < last.doneBytes ? [] : before.samples
  const recent = kept.filter((sample, index) => atMs - sample.atMs <= windowMs || index === kept.length - 1)
  const samples = [...recent, { atMs, doneBytes }]
  const first = samples[0]
  if (first === undefined || atMs - first.atMs < leastMs) return { ...before, samples }
  const bytesPerSecond = ((doneBytes - first.doneBytes) / (atMs - first.atMs)) * 1000
  const left = totalBytes === null || bytesPerSecond <= 0 ? null : (totalBytes - doneBytes) / bytesPerSecond
  return { samples, bytesPerSecond, secondsLeft: left }
}
