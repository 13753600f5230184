import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LabClient } from '#shared/contract/contract.ts'
import { createJobsSlice, type JobsSlice } from './jobs-slice.ts'
import { createOffers, type Offers } from './offers.ts'
import { createLiveRunSlice, type LiveRunSlice } from './live-run-slice.ts'
import { createQuerySlice, type QuerySlice } from './query-slice.ts'
import { createShellSlice, type ShellSlice } from './shell-slice.ts'
import { createTrialSlice, type TrialSlice } from './trial-slice.ts'

export type AppState = QuerySlice & LiveRunSlice & JobsSlice & TrialSlice & ShellSlice

export interface AppStore extends StoreApi<AppState>, Offers {
  readonly lab: LabClient
  /** Keeps an answer from being forgotten while it is on a screen. */
  show(key: string): () => void
}

/**
 * All state of the page, over one client of the lab. `schedule` runs a callback with the next frame; `nowMs` is a clock that
 * never jumps.
 */
export function createAppStore(
  lab: LabClient,
  schedule: (callback: () => void) => void,
  nowMs: () => number = () => performance.now(),
): AppStore {
  const shown = new Map<string, number>()
  const store = createStore<AppState>()((...args) => ({
    ...createQuerySlice(lab, (key) => shown.has(key))(...args),
    ...createLiveRunSlice(lab, schedule)(...args),
    ...createJobsSlice(lab, nowMs)(...args),
    ...createTrialSlice(lab)(...args),
    ...createShellSlice(...args),
  }))
  return Object.assign(store, createOffers(), {
    lab,
    show(key: string) {
      shown.set(key, (shown.get(key) ?? 0) + 1)
      return () => {
        const left = (shown.get(key) ?? 1) - 1
        if (left === 0) shown.delete(key)
        else shown.set(key, left)
      }
    },
  })
}
