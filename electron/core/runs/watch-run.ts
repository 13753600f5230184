import type { RunId } from '#shared/domain/ids.ts'
import type { RunEvent, RunState, VariantProgress } from '#shared/domain/run.ts'
import { restingStates } from '#shared/domain/words.ts'
import { secondsLeft } from './estimate-time.ts'
import { createEventQueue } from './event-queue.ts'
import type { RunDeps } from './run-deps.ts'
import type { RunHub } from './run-hub.ts'

/** How often a run that another process executes is looked at. */
const pollMs = 400

export interface WatchOptions {
  readonly run: RunId
  /** False leaves live text out. */
  readonly text: boolean
  readonly signal: AbortSignal
  /** The state as a reader sees it: `interrupted` when the executor is gone. */
  readonly stateOf: (run: RunId) => RunState
  readonly progressOf: () => readonly VariantProgress[]
}

/**
 * Tells where a run stands and what its cells have written so far, then what happens to it, until it rests. Works the same whoever executes it: live from
 * this process, by looking at the store every now and then otherwise.
 */
export async function* watchRun(
  deps: RunDeps,
  hub: RunHub,
  options: WatchOptions,
): AsyncGenerator<RunEvent, void, void> {
  const { run, signal } = options
  const queue = createEventQueue()
  let wake = () => {}
  const isWanted = (event: RunEvent) => event.kind !== 'cell-text' || options.text
  // Taken in the same moment as the subscription, so that no text is told twice and none is left out.
  const standing = hub.standing(run).filter(isWanted)
  const unsubscribe = hub.subscribe(run, (event) => {
    if (!isWanted(event)) return
    queue.push(event)
    wake()
  })
  const idle = createIdleWatch(deps, signal)
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    yield* snapshot(deps, options)
    yield* standing
    while (!signal.aborted) {
      const woken = new Promise<'woken'>((resolve) => {
        wake = () => resolve('woken')
      })
      let rested = false
      for (const event of queue.drain()) {
        yield event
        if (event.kind === 'state' && restingStates.includes(event.state)) rested = true
      }
      if (rested) return
      if (restingStates.includes(options.stateOf(run))) {
        // The executor's last words may have come since: where the disk is full they are nowhere else.
        yield* queue.drain()
        return yield* snapshot(deps, options)
      }
      if ((await idle.wait(woken)) === 'idle') yield* snapshot(deps, options)
    }
  } finally {
    idle.end()
    signal.removeEventListener('abort', onAbort)
    unsubscribe()
  }
}

interface IdleWatch {
  /** Resolves as `woken` does, or as `idle` when nothing happened for a while: then it is time to look at the store. */
  wait(woken: Promise<'woken'>): Promise<'woken' | 'idle'>
  end(): void
}

/** One timer for many events: making one and aborting it for every event costs more than passing the event on. */
function createIdleWatch({ clock }: RunDeps, signal: AbortSignal): IdleWatch {
  const timer = new AbortController()
  const either = AbortSignal.any([timer.signal, signal])
  let sleeping: Promise<'idle'> | null = null
  let eventsSince = false
  return {
    async wait(woken) {
      sleeping ??= clock.sleep(pollMs, either).then(() => 'idle')
      const result = await Promise.race([woken, sleeping])
      if (result === 'woken') {
        eventsSince = true
        return result
      }
      sleeping = null
      const quiet = !eventsSince
      eventsSince = false
      return quiet ? 'idle' : 'woken'
    },
    end: () => timer.abort(),
  }
}

function* snapshot(deps: RunDeps, { run, stateOf, progressOf }: WatchOptions): Generator<RunEvent> {
  const stored = deps.store.runs.get(run)
  if (stored === null) return
  const lease = deps.store.runs.lease(run)
  const elsewhere = lease !== null && lease.owner !== deps.owner
  const variants = progressOf()
  yield {
    kind: 'progress',
    run,
    counts: deps.store.cells.counts(run),
    activeSeconds: stored.activeSeconds,
    variants,
    secondsLeft: secondsLeft(variants),
    waitingFor: elsewhere ? 'another process, which executes this run' : null,
  }
  yield { kind: 'state', run, state: stateOf(run), error: stored.error }
}
