/** How long one request may take, and how a server that hangs is told from one that is busy. */
export interface Patience {
  /** Milliseconds until the request is given up. Null where only the caller can know: loads, generations, downloads. */
  readonly limitMs: number | null
  /** While it waits, the server is asked for its version, which it says whatever else it does. Null: it is not asked. */
  readonly probe: {
    /** Milliseconds of waiting before each question. */
    readonly everyMs: number
    /** Milliseconds until a question counts as not answered: then the server hangs. */
    readonly withinMs: number
  } | null
}

/** Every request is one of these. */
export interface Patiences {
  /** The version itself: longer than a healthy server needs, shorter than a person waits. */
  readonly greeting: Patience
  /** What the server knows without running a model. Reading many tensors from a slow disk takes its time. */
  readonly quick: Patience
  /** What can be done without: a list is shown without saying what is in memory. */
  readonly glance: Patience
  /** What loads a model, or waits for one that loads. */
  readonly long: Patience
}

/** A server that hangs is found out within six seconds, while a load may take as long as it takes. */
export const patiences: Patiences = {
  greeting: { limitMs: 4000, probe: null },
  quick: { limitMs: 30_000, probe: { everyMs: 2000, withinMs: 4000 } },
  glance: { limitMs: 3000, probe: null },
  long: { limitMs: null, probe: { everyMs: 30_000, withinMs: 60_000 } },
}

/** `hung`: the server says nothing at all. `slow`: it is alive, and this request takes too long. */
export type GivenUp = 'hung' | 'slow'

/**
 * Watches over one request. Calls `giveUp` at most once, when its patience is at its end.
 * @param ask asks the server anything that costs it nothing; that it fails is an answer too
 * @returns what ends the watch
 */
export function watchPatience(
  { limitMs, probe }: Patience,
  ask: (signal: AbortSignal) => Promise<unknown>,
  giveUp: (why: GivenUp) => void,
): () => void {
  const over = new AbortController()
  const timers = new Set<NodeJS.Timeout>()
  const after = (ms: number, action: () => void) => timers.add(setTimeout(action, ms))
  const end = () => {
    // With a reason of its own: the usual one is an error, which is made with its stack for every request.
    over.abort('over')
    for (const timer of timers) clearTimeout(timer)
  }
  const endWith = (why: GivenUp) => {
    if (over.signal.aborted) return
    end()
    giveUp(why)
  }
  const question = () => {
    const { everyMs, withinMs } = probe ?? { everyMs: 0, withinMs: 0 }
    const late = setTimeout(() => endWith('hung'), withinMs)
    timers.add(late)
    const answered = () => {
      clearTimeout(late)
      timers.delete(late)
      if (!over.signal.aborted) after(everyMs, question)
    }
    // A connection that is refused or breaks is the request's own to tell.
    ask(over.signal).then(answered, answered)
  }
  if (limitMs !== null) after(limitMs, () => endWith(probe === null ? 'hung' : 'slow'))
  if (probe !== null) after(probe.everyMs, question)
  return end
}
