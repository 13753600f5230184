import { useEffect, useMemo } from 'react'
import type { CellCounts, Run, RunState, VariantProgress } from '#shared/domain/run.ts'
import { variantNames } from '#shared/domain/variant-names.ts'
import type { LiveRun } from '../../../stores/live-run-slice.ts'
import { dataOf, type Loadable } from '../../../stores/loadable.ts'
import { useAppStore, useLab, useLiveRun } from '../../../stores/use-app.ts'

/** How often what only the store knows is looked at while a run goes on. */
const lookEveryMs = 1500

export interface WatchedRun {
  readonly answer: Loadable<Run>
  readonly run: Run | null
  readonly state: RunState
  readonly counts: CellCounts
  /** Null where nobody executes it. */
  readonly live: LiveRun | null
  readonly progress: readonly VariantProgress[] | null
  readonly names: ReadonlyMap<number, string>
  /** The variant whose turn it is. */
  readonly now: number | null
}

const noCounts: CellCounts = { total: 0, pending: 0, running: 0, done: 0, error: 0 }

/** A run as it stands, and as it goes on: followed while somebody executes it, read from the store otherwise. */
export function useWatchedRun(id: number): WatchedRun {
  const store = useAppStore()
  const answer = useLab('runs.get', { run: id })
  // The cells are what takes longest: they are asked for before anything else.
  useLab('cells.grid', { run: id })
  const run = dataOf(answer)
  const listed = dataOf(useLab('runs.list', {}))?.find((one) => one.id === id)?.state
  const goesOn = run?.state === 'running' || run?.state === 'planned' || listed === 'running'
  const followed = useLiveRun(run !== null && goesOn ? id : null)
  const live = run !== null && goesOn ? followed : null
  const progress = dataOf(useLab('runs.progress', { run: id }))

  // Somebody else may have taken the run up, paused or ended it.
  const known = run?.state
  useEffect(() => {
    if (listed !== undefined && known !== undefined && listed !== known) invalidateRun(store, id, ['runs.get'])
  }, [store, id, listed, known])
  const isFollowed = live !== null
  const elsewhere = live?.waitingFor != null
  useEffect(() => {
    if (!isFollowed) return undefined
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return
      invalidateRun(store, id, elsewhere ? ['runs.progress', 'cells.grid', 'cells.prompt'] : ['runs.progress'])
    }, lookEveryMs)
    return () => clearInterval(timer)
  }, [store, id, isFollowed, elsewhere])

  const names = useMemo(() => (run === null ? new Map<number, string>() : variantNames(run.variants)), [run])
  const state = live !== null && live.state !== 'planned' ? live.state : (run?.state ?? 'planned')
  return {
    answer,
    run,
    state,
    counts: live?.counts ?? run?.counts ?? noCounts,
    live,
    progress,
    names,
    now: state === 'running' ? turnOf(live, progress) : null,
  }
}

export function invalidateRun(store: ReturnType<typeof useAppStore>, run: number, calls: readonly string[]): void {
  store.getState().invalidate((name, input) => calls.includes(name) && (input as { readonly run?: number }).run === run)
}

/** The variant that is loaded, by what it says itself; from its cells where the run is executed elsewhere. */
function turnOf(live: LiveRun | null, progress: readonly VariantProgress[] | null): number | null {
  for (const [index, { phase }] of live?.lanes ?? []) if (phase !== 'waiting' && phase !== 'unloading') return index
  return progress?.find(({ done, error, total }) => done + error < total)?.variantIndex ?? null
}
