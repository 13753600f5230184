import { useEffect, useRef } from 'react'
import type { Run } from '#shared/domain/run.ts'
import { useAppStore, useLiveRun } from '../../stores/use-app.ts'

/** How often the list of a run that is going is read again. */
const refreshMs = 3000

/** Reads a run's cells again as they end, but not for every single one. */
export function useRefresh({ id, state }: Run): void {
  const store = useAppStore()
  const live = useLiveRun(state === 'running' ? id : null)
  const ended = live?.endedCount ?? 0
  const last = useRef(0)
  useEffect(() => {
    if (ended === 0) return undefined
    const wait = Math.max(0, last.current + refreshMs - Date.now())
    const timer = setTimeout(() => {
      last.current = Date.now()
      store
        .getState()
        .invalidate((name, input) => name.startsWith('cells.') && (input as { readonly run?: number }).run === id)
    }, wait)
    return () => clearTimeout(timer)
  }, [store, id, ended])
}
