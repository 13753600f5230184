import { useEffect, useMemo, useState } from 'react'
import type { GridView } from '#shared/contract/views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { LiveRun } from '../../../stores/live-run-slice.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useAppStore, useLab } from '../../../stores/use-app.ts'
import { invalidateRun } from './use-watched-run.ts'
import { patchGrid, readGrid, type RunGrid } from './run-grid.ts'

interface Held {
  readonly view: GridView | null
  readonly grid: RunGrid | null
  /** How many ended cells are in it. */
  readonly applied: number
}

/** The cells of a run: read once, then patched with every cell that ends. */
export function useRunGrid(
  run: number,
  live: LiveRun | null,
): { readonly grid: RunGrid | null; readonly error: ErrorInfo | null } {
  const store = useAppStore()
  const answer = useLab('cells.grid', { run })
  const view = dataOf(answer)
  // An answer kept from an earlier visit would lack what ended since.
  useEffect(
    () => () =>
      queueMicrotask(() =>
        store.getState().invalidate((name, input) => name === 'cells.grid' && (input as { run?: number }).run === run),
      ),
    [store, run],
  )
  // What ended after the cells were read and before the run was followed has not been told.
  const isFollowed = live !== null
  useEffect(() => {
    if (isFollowed) invalidateRun(store, run, ['cells.grid'])
  }, [store, run, isFollowed])
  const base = useMemo(() => (view === null ? null : readGrid(view)), [view])
  const endedCount = live?.endedCount ?? 0
  const ended = live?.ended ?? []
  const [held, setHeld] = useState<Held>({ view: null, grid: null, applied: 0 })
  let current = held
  if (base !== null && held.view !== view) {
    current = { view, grid: patchGrid(base, ended), applied: endedCount }
  } else if (held.grid !== null && endedCount > held.applied) {
    const fresh = ended.slice(-(endedCount - held.applied))
    current = { ...held, grid: patchGrid(held.grid, fresh), applied: endedCount }
  }
  if (current !== held) setHeld(current)
  return { grid: current.grid, error: answer.status === 'failed' ? answer.error : null }
}
