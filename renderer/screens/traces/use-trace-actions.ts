import { useEffect, useState, type RefObject } from 'react'
import type { Cell } from '#shared/domain/run.ts'
import { refine } from '../../routing/use-route.ts'
import { useActions } from '../../actions/use-actions.ts'
import { reveal, revealNext } from './reveal.ts'
import { withVariant, type Changes, type TraceChoice } from './trace-choice.ts'
import type { Folding } from './trace-pane.tsx'
import { neighbour } from './use-hits.ts'
import type { Traces } from './use-traces.ts'

export interface TraceActions {
  readonly folding: Folding
  readonly toDivergence: () => void
  readonly toHit: (row: number, place?: number) => void
  readonly toPrompt: (way: 1 | -1) => void
  readonly toggleList: () => void
}

/** What can be done on the screen, and the keys that do it. `root` holds the panes. */
export function useTraceActions(traces: Traces, root: RefObject<HTMLElement | null>): TraceActions {
  const { choice, hits, panes, promptIndex, view, arm, sample, shown, currentHit } = traces
  const [folding, setFolding] = useState<Folding>({ all: false, version: 0 })
  const unfold = () => setFolding(({ version }) => ({ all: false, version: version + 1 }))
  const toDivergence = () => {
    unfold()
    reveal(root.current, '[data-divergence]', choice)
  }
  const toHit = (row: number, place = 0) => {
    const cell = hits.row(row)?.cell
    unfold()
    refine({ hit: `${row}.${place}`, ...(cell === undefined ? {} : cellAddress(cell, shown)), row: undefined })
  }
  // The hit can only be brought into sight once its text and its marks are there.
  const ready = panes.some(
    ({ cell, trace, marks }) => cell.id === currentHit?.cell.id && trace !== null && marks !== null,
  )
  const { linked } = choice
  const hitKey = ready && choice.hit !== null ? `${choice.hit.row}.${choice.hit.place}` : null
  useEffect(() => {
    if (hitKey !== null) reveal(root.current, '[data-hit=current]', { linked })
  }, [hitKey, root, linked])
  const toNeighbour = (way: 1 | -1) => {
    const target = neighbour(hits, choice.hit, way)
    if (target !== null) toHit(target.row, target.place)
  }
  const toPrompt = (way: 1 | -1) => {
    const target = (promptIndex ?? 0) + way
    if (promptIndex === null || view === null || target < 0 || target >= view.total) return
    refine({
      prompt: target,
      arm,
      sample: sample === 0 ? undefined : sample,
      v: shown.join(','),
      row: undefined,
      hit: undefined,
    })
  }
  const toggleList = () => {
    const seen = root.current?.querySelector('[data-list]')?.checkVisibility() ?? false
    refine({ list: seen ? 0 : 1 })
  }
  useActions('traces', {
    next: () => toPrompt(1),
    previous: () => toPrompt(-1),
    'next-hit': () => toNeighbour(1),
    'previous-hit': () => toNeighbour(-1),
    divergence: toDivergence,
    mark: () => revealNext(root.current, '[data-signs]', choice),
    fold: () => setFolding(({ all, version }) => ({ all: !all, version: version + 1 })),
    cells: toggleList,
    ...viewActions(choice),
  })
  return { folding, toDivergence, toHit, toPrompt, toggleList }
}

/** What changes how the texts are shown, and nothing else. */
const viewActions = ({ view, heat, linked, side }: TraceChoice) => ({
  diff: () => refine({ view: view === 'diff' ? undefined : 'diff' }),
  raw: () => refine({ view: view === 'raw' ? undefined : 'raw' }),
  heat: () => refine({ heat: heat === null ? 'probability' : heat === 'probability' ? 'entropy' : undefined }),
  linked: () => refine({ linked: linked ? 0 : undefined }),
  configuration: () => refine({ side: side === 'cell' ? undefined : 'cell' }),
})

/** The address of a cell: its prompt, and its variant among those side by side. */
export const cellAddress = (cell: Cell, shown: readonly number[]): Changes => ({
  prompt: cell.promptIndex,
  arm: cell.arm,
  sample: cell.sample === 0 ? undefined : cell.sample,
  v: withVariant(shown, cell.variantIndex).join(','),
})
