import { useMemo } from 'react'
import type { TraceMarks } from '#shared/contract/views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { Cell, RunVariant, Trace } from '#shared/domain/run.ts'
import type { TokenRecord } from '#shared/domain/trace.ts'
import { placeTokens, type TokenPlace } from '#shared/thinking/place-tokens.ts'
import { dataOf, type Loadable } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { maxPanes } from './trace-choice.ts'

/** One variant's cell of the prompt that is read, with all that is known of it so far. */
export interface Pane {
  readonly variant: RunVariant
  readonly name: string
  readonly cell: Cell
  /** Null while it loads, and for a cell that has not run. */
  readonly trace: Trace | null
  readonly error: ErrorInfo | null
  /** Null where no log-probabilities were stored, or while they load. */
  readonly tokens: readonly TokenRecord[] | null
  readonly places: readonly TokenPlace[] | null
  readonly marks: TraceMarks | null
}

/** A cell that may be shown. Null: this place is free. */
export type PaneCell = Pick<Pane, 'variant' | 'name' | 'cell'> | null

/** The panes of up to four cells. The number of questions is fixed, as hooks want it; a free place asks nothing. */
export function usePanes(cells: readonly PaneCell[], options: PaneOptions): readonly Pane[] {
  const first = usePane(cells[0] ?? null, options)
  const second = usePane(cells[1] ?? null, options)
  const third = usePane(cells[2] ?? null, options)
  const fourth = usePane(cells[3] ?? null, options)
  return useMemo(
    () => [first, second, third, fourth].slice(0, maxPanes).filter((pane) => pane !== null),
    [first, second, third, fourth],
  )
}

export interface PaneOptions {
  /** Whether the run stored log-probabilities. */
  readonly hasTokens: boolean
  readonly search: string
}

function usePane(shown: PaneCell, { hasTokens, search }: PaneOptions): Pane | null {
  const id = shown === null || (shown.cell.state !== 'done' && shown.cell.state !== 'error') ? null : shown.cell.id
  const trace = useLab('cells.trace', id === null ? null : { cell: id })
  const tokens = dataOf(useLab('cells.tokens', id === null || !hasTokens ? null : { cell: id }))
  const marks = dataOf(useLab('traces.marks', id === null || search.trim() === '' ? null : { cell: id, query: search }))
  const found = dataOf(trace)
  const error = failureOf(trace)
  const places = useMemo(
    () => (found === null || tokens === null ? null : placeTokens(found.raw, tokens)),
    [found, tokens],
  )
  return useMemo(
    () => (shown === null ? null : { ...shown, trace: found, error, tokens, places, marks }),
    [shown, found, error, tokens, places, marks],
  )
}

const failureOf = (answer: Loadable<unknown>): ErrorInfo | null => (answer.status === 'failed' ? answer.error : null)
