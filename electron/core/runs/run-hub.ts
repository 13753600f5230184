import type { RunId } from '#shared/domain/ids.ts'
import type { RunEvent } from '#shared/domain/run.ts'

/** Passes what an executor in this process says on to its watchers. Holds nothing: the store is the record. */
export interface RunHub {
  readonly publish: (event: RunEvent) => void
  /** Returns the function that ends the subscription. */
  subscribe(run: RunId, listener: (event: RunEvent) => void): () => void
}

export function createRunHub(): RunHub {
  const listeners = new Map<RunId, Set<(event: RunEvent) => void>>()
  return {
    publish(event) {
      for (const listener of listeners.get(event.run) ?? []) listener(event)
    },
    subscribe(run, listener) {
      const set = listeners.get(run) ?? new Set()
      listeners.set(run, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(run) === set) listeners.delete(run)
      }
    },
  }
}
