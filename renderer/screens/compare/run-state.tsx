import { useEffect, useRef } from 'react'
import { countText } from '#shared/domain/figures.ts'
import type { Run, RunState as State } from '#shared/domain/run.ts'
import { useAppStore, useLiveRun } from '../../stores/use-app.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Notice } from '../../ui/region.tsx'

/** How often the figures of a run that is going are computed again. */
const refreshMs = 4000

const stopped: Partial<Record<State, string>> = {
  planned: 'This run has not begun.',
  paused: 'This run is paused.',
  cancelled: 'This run was cancelled.',
  interrupted: 'This run was interrupted.',
  failed: 'This run failed.',
}

/** Where the run stands, when it is not simply done: what that means for the figures, and where to act. */
export function RunState({ run }: { readonly run: Run }) {
  const going = run.state === 'running' || run.state === 'planned'
  const live = useLiveRun(going ? run.id : null)
  useRefresh(run.id, going ? (live?.endedCount ?? 0) : 0)
  const counts = live?.counts ?? run.counts
  const missing = counts.pending + counts.running
  const link = (label: string) => (
    <LinkButton size="small" href={`#/runs/${run.id}`}>
      {label}
    </LinkButton>
  )
  return (
    <>
      {run.state === 'running' && (
        <Notice
          kind="info"
          what={`This run is going: ${countText(counts.done + counts.error)} of ${countText(counts.total)} cells.`}
          why="Only prompts that both variants have answered are compared, and every figure may still change."
          actions={link('Watch')}
        />
      )}
      {missing > 0 && stopped[run.state] !== undefined && (
        <Notice
          kind="warn"
          what={`${stopped[run.state]} ${countText(missing)} of ${countText(counts.total)} cells are missing.`}
          why={run.error?.message ?? 'The figures are of the cells that are there.'}
          actions={link('Resume')}
        />
      )}
      {counts.error > 0 && (
        <Notice
          kind="warn"
          what={`${countText(counts.error)} ${counts.error === 1 ? 'cell' : 'cells'} ended with an error.`}
          why="They are left out of every figure and never counted as wrong."
          actions={link('Show and retry')}
        />
      )}
    </>
  )
}

/** Asks for this run's figures again when cells have ended, but not for every single one. */
function useRefresh(run: number, ended: number): void {
  const store = useAppStore()
  const last = useRef(0)
  useEffect(() => {
    if (ended === 0) return undefined
    const wait = Math.max(0, last.current + refreshMs - Date.now())
    const timer = setTimeout(() => {
      last.current = Date.now()
      const { invalidate } = store.getState()
      invalidate((name, input) => name.startsWith('compare.') && (input as { run?: number }).run === run)
    }, wait)
    return () => clearTimeout(timer)
  }, [store, run, ended])
}
