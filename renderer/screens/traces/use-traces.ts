import { useMemo } from 'react'
import type { PromptView } from '#shared/contract/views.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { Run } from '#shared/domain/run.ts'
import { variantNames } from '#shared/domain/variant-names.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import type { Parting } from './divergence-panel.tsx'
import { withVariant, type TraceChoice } from './trace-choice.ts'
import { useCellPages, type CellPages } from './use-cell-pages.ts'
import { useHits, type Hit, type Hits } from './use-hits.ts'
import { useMarks, usePartings, type Marks } from './use-marks.ts'
import { usePanes, type Pane, type PaneCell } from './use-pane.ts'

/** Everything that the screen shows of a run, as the address asks for it. */
export interface Traces {
  readonly run: Run
  readonly choice: TraceChoice
  readonly names: ReadonlyMap<number, string>
  readonly pages: CellPages
  readonly hits: Hits
  /** The hit that was jumped to; undefined while there is none or its page is on its way. */
  readonly currentHit: Hit | undefined
  /** Null while the list has not said which. */
  readonly promptIndex: number | null
  readonly arm: Arm
  readonly sample: number
  readonly view: PromptView | null
  readonly error: ErrorInfo | null
  /** Variants side by side. */
  readonly shown: readonly number[]
  readonly panes: readonly Pane[]
  readonly partings: readonly Parting[]
  readonly marks: Marks
  /** Whether the run stored log-probabilities. */
  readonly hasTokens: boolean
}

export function useTraces(run: Run, choice: TraceChoice): Traces {
  const pages = useCellPages(choice)
  const hits = useHits(choice)
  const names = useMemo(() => variantNames(run.variants), [run.variants])
  const hasTokens = run.spec.alternatives !== null
  // The list's selected cell is shown where the address does not name a prompt.
  const listed = pages.selected
  const promptIndex = choice.prompt ?? listed?.promptIndex ?? null
  const arm = choice.arm ?? listed?.arm ?? run.arms[0] ?? 'natural'
  const sample = listed?.sample ?? choice.sample
  const answer = useLab('cells.prompt', promptIndex === null ? null : { run: run.id, promptIndex, arm, sample })
  const view = dataOf(answer)
  const wanted = choice.variants ?? withVariant(firstVariants(run), listed?.variantIndex ?? run.variants[0]?.index ?? 0)
  const key = wanted.join(',')
  const shown = useMemo(() => key.split(',').map(Number), [key])
  const cells = useMemo(() => paneCells(run, names, view, shown), [run, names, view, shown])
  const panes = usePanes(cells, { hasTokens, search: choice.search })
  const partings = usePartings(panes, hasTokens)
  const currentHit = choice.hit === null ? undefined : hits.row(choice.hit.row)
  const { heat, hit } = choice
  const marks = useMarks(panes, partings, { heat, hit, view: choice.view, current: currentHit })
  const error = answer.status === 'failed' ? answer.error : null
  return {
    run,
    choice,
    names,
    pages,
    hits,
    currentHit,
    promptIndex,
    arm,
    sample,
    view,
    error,
    shown,
    panes,
    partings,
    marks,
    hasTokens,
  }
}

/** The reference beside the coarsest candidate: where most is to be seen. */
function firstVariants({ variants }: Run): readonly number[] {
  const candidates = variants.filter(({ role }) => role === 'candidate')
  const reference = variants.find(({ role }) => role === 'reference') ?? variants[0]
  return [reference, candidates.at(-1)].flatMap((variant) => (variant === undefined ? [] : [variant.index]))
}

function paneCells(
  run: Run,
  names: ReadonlyMap<number, string>,
  view: PromptView | null,
  shown: readonly number[],
): readonly PaneCell[] {
  return shown.flatMap((index) => {
    const variant = run.variants.find((one) => one.index === index)
    const cell = view?.cells.find(({ variantIndex }) => variantIndex === index)?.cell
    if (variant === undefined || cell === undefined) return []
    return [{ variant, cell, name: names.get(index) ?? variant.variant.name }]
  })
}
