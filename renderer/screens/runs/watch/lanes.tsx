import { useMemo } from 'react'
import type { PromptView } from '#shared/contract/views.ts'
import type { Run, RunState, VariantProgress } from '#shared/domain/run.ts'
import { briefVariantNames } from '#shared/domain/variant-names.ts'
import type { LiveRun } from '../../../stores/live-run-slice.ts'
import { Split } from '../../../ui/region.tsx'
import { LaneView, type LaneViewProps } from './lane-view.tsx'
import { hasRun, type RunGrid } from './run-grid.ts'
import type { FocusState } from './use-focus.ts'
import styles from './lanes.module.css'

/** One lane a variant, side by side: the same prompt under each. */
export function Lanes({
  run,
  state,
  names,
  live,
  progress,
  grid,
  prompt,
  focused,
}: {
  readonly run: Run
  readonly state: RunState
  readonly names: ReadonlyMap<number, string>
  readonly live: LiveRun | null
  readonly progress: readonly VariantProgress[] | null
  readonly grid: RunGrid | null
  readonly prompt: PromptView | null
  readonly focused: FocusState
}) {
  const { focus, leader } = focused
  const briefs = briefVariantNames(names)
  const waits = useWaits(progress, names, state, leader)
  return (
    <Split className={styles['lanes']}>
      {run.variants.map((runVariant) => {
        const { index } = runVariant
        return (
          <LaneView
            key={index}
            run={run.id}
            runVariant={runVariant}
            name={names.get(index) ?? ''}
            brief={briefs.get(index) ?? ''}
            progress={progress?.find(({ variantIndex }) => variantIndex === index) ?? null}
            lane={live?.lanes.get(index) ?? null}
            stored={prompt?.cells.find(({ variantIndex }) => variantIndex === index) ?? null}
            focus={focus}
            hasRun={grid !== null && hasRun(grid, { ...focus, variantIndex: index })}
            ownPace={leader !== null && leader !== index}
            waits={waits.get(index) ?? null}
          />
        )
      })}
    </Split>
  )
}

/** Whom each variant that has not begun waits for, and how long that may take. */
function useWaits(
  progress: readonly VariantProgress[] | null,
  names: ReadonlyMap<number, string>,
  state: RunState,
  now: number | null,
): ReadonlyMap<number, LaneViewProps['waits']> {
  return useMemo(() => {
    const waits = new Map<number, LaneViewProps['waits']>()
    let seconds: number | null = 0
    let before: string | null = null
    for (const { variantIndex, done, error, total, secondsLeft } of progress ?? []) {
      const ran = done + error
      if (ran === 0 && variantIndex !== now) {
        waits.set(variantIndex, state === 'running' ? { forName: before, seconds } : { forName: null, seconds: null })
      }
      if (ran < total) {
        before ??= names.get(variantIndex) ?? null
        seconds = seconds === null || secondsLeft === null ? null : seconds + secondsLeft
      }
    }
    return waits
  }, [progress, names, state, now])
}
