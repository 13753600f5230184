import { createContext, useContext, useEffect } from 'react'
import { useStore } from 'zustand'
import type { LabClient } from '#shared/contract/contract.ts'
import type { AppState, AppStore } from './app-store.ts'
import type { LiveRun } from './live-run-slice.ts'
import { loading, type Loadable } from './loadable.ts'
import { queryKey, type CallInput, type CallName, type CallOutput } from './query-slice.ts'

export const AppStoreContext = createContext<AppStore | null>(null)

export function useAppStore(): AppStore {
  const store = useContext(AppStoreContext)
  if (store === null) throw new Error('there is no store around this component')
  return store
}

export const useApp = <T>(select: (state: AppState) => T): T => useStore(useAppStore(), select)

/** For what a screen does; what it reads goes through `useLab`. */
export const useLabClient = (): LabClient => useAppStore().lab

/** The lab's answer to a question, kept up to date while it is on the screen. Null asks nothing. */
export function useLab<N extends CallName>(name: N, input: CallInput<N> | null): Loadable<CallOutput<N>> {
  const store = useAppStore()
  const key = input === null ? null : queryKey(name, input)
  const answer = useStore(store, (state) => (key === null ? undefined : state.answers.get(key)))
  useEffect(() => {
    if (key === null) return undefined
    const hide = store.show(key)
    store.getState().ask(name, JSON.parse(key.slice(name.length + 1)) as CallInput<N>)
    return hide
  }, [store, name, key])
  return (answer ?? loading) as Loadable<CallOutput<N>>
}

/** Follows a run for as long as the component is there. */
export function useLiveRun(run: number | null): LiveRun | null {
  const store = useAppStore()
  const connection = useStore(store, (state) => state.connection)
  const live = useStore(store, (state) => (run === null ? undefined : state.liveRuns.get(run)))
  // A new connection needs a new stream.
  useEffect(
    () =>
      run === null || connection === 'lost' || connection === 'refused' ? undefined : store.getState().follow(run),
    [store, run, connection],
  )
  return live ?? null
}
