import { useEffect, useRef } from 'react'
import type { Run } from '#shared/domain/run.ts'
import type { LiveRun } from './live-run-slice.ts'
import { useAppStore, useLiveRun } from './use-app.ts'

/** How often what a screen shows of a run that is going is read again. */
const refreshMs = 4000

/**
 * Follows a run while it goes, and reads again what is shown of it as its cells end, but not for every single one. `calls` is how
 * the names of the calls begin. When the run ends, everything that is shown of it is read again by whoever follows it.
 */
export function useRunFigures({ id, state }: Pick<Run, 'id' | 'state'>, calls: string): LiveRun | null {
  const store = useAppStore()
  const live = useLiveRun(state === 'running' ? id : null)
  const ended = live?.endedCount ?? 0
  const last = useRef(0)
  useEffect(() => {
    if (ended === 0) return undefined
    const wait = Math.max(0, last.current + refreshMs - Date.now())
    const timer = setTimeout(() => {
      last.current = Date.now()
      const isShown = (name: string, input: unknown) =>
        name.startsWith(calls) && (input as { readonly run?: number }).run === id
      store.getState().invalidate(isShown)
    }, wait)
    return () => clearTimeout(timer)
  }, [store, id, ended, calls])
  return live
}
