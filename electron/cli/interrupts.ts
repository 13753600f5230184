/** Ctrl-C, seen from a verb: the first press asks it to end well, the second ends the process. */
export interface Interrupts {
  /** Aborted by the first press. */
  readonly signal: AbortSignal
}

/** What has not ended by itself this long after the first press is ended: not every wait can be told to stop. */
const graceMs = 15_000

/** npm hands a Ctrl-C on that the terminal has sent already: the echo is not a second press. */
const echoMs = 400

export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown
  off(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown
}

/** Listens until `stop`. `quit` is called at the second press and does not return. */
export function listenForInterrupts(
  source: SignalSource,
  quit: () => void,
  now: () => number = () => performance.now(),
): Interrupts & { stop(): void } {
  const controller = new AbortController()
  let firstMs: number | null = null
  let grace: NodeJS.Timeout | undefined
  const onPress = () => {
    const atMs = now()
    if (firstMs === null) {
      firstMs = atMs
      controller.abort(new DOMException('Interrupted.', 'AbortError'))
      grace = setTimeout(quit, graceMs)
      grace.unref()
    } else if (atMs - firstMs > echoMs) {
      quit()
    }
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) source.on(signal, onPress)
  return {
    signal: controller.signal,
    stop() {
      clearTimeout(grace)
      for (const signal of signals) source.off(signal, onPress)
    },
  }
}
