import { useEffect, useState } from 'react'
import { readGridCode } from '#shared/domain/grid.ts'
import { outcomeWords } from '#shared/domain/label-words.ts'
import { count } from '../../../format/numbers.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useLab } from '../../../stores/use-app.ts'
import type { CallInput } from '../../../stores/query-slice.ts'
import { cellTopLeft, type CellLayout, type CellPlace } from './cell-layout.ts'
import styles from './cells.module.css'
import type { GridRow, RunGrid } from './run-grid.ts'

/** Passing over cells asks nothing of the lab; resting on one does. */
const restMs = 90
const roomToTheRight = 300

const stateWords = {
  pending: 'waiting',
  error: 'error',
  ungraded: 'done, not graded',
  wrong: 'wrong',
  correct: 'right',
  'cut-wrong': 'budget-cut',
  'cut-ungraded': 'budget-cut',
} as const

/** Prompt, variant and outcome of the cell that is pointed at, beside it. */
export function CellTip({
  run,
  grid,
  place,
  layout,
  scrolled,
  running,
  name,
}: {
  readonly run: number
  readonly grid: RunGrid
  readonly place: CellPlace
  readonly layout: CellLayout
  readonly scrolled: number
  readonly running: ReadonlySet<number>
  readonly name: (row: GridRow) => string
}) {
  const row = grid.rows[place.row]
  const rested = useRested(place)
  const cell = dataOf(
    useLab(
      'cells.find',
      rested && row !== undefined
        ? ({
            run,
            variantIndex: row.variantIndex,
            promptIndex: place.column,
            arm: row.arm,
            sample: row.sample,
          } as CallInput<'cells.find'>)
        : null,
    ),
  )
  if (row === undefined) return null
  const at = place.row * grid.columns + place.column
  const { state, outcome } = readGridCode(grid.codes[at] ?? 0)
  const word = running.has(at)
    ? 'running'
    : outcome === null || state === 'pending'
      ? stateWords[state]
      : outcomeWords[outcome]
  const { x, y } = cellTopLeft(layout, place)
  const width = layout.perBand * layout.pitchX
  const side = x + roomToTheRight > width ? { right: Math.max(0, width - x) } : { left: x + layout.pitchX }
  return (
    <div className={styles['tip']} role="status" style={{ ...side, top: y - scrolled + layout.pitchY + 2 }}>
      <b className="mono">{cell?.promptId ?? `prompt ${place.column + 1}`}</b>
      <span>{name(row)}</span>
      <span>{word}</span>
      {cell?.thinkingTokens != null && <span className="unit">{count(cell.thinkingTokens)} thinking tokens</span>}
      {cell?.errorCode != null && <span className="unit">{cell.errorCode}</span>}
    </div>
  )
}

function useRested({ row, column }: CellPlace): boolean {
  const [rested, setRested] = useState<CellPlace | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setRested({ row, column }), restMs)
    return () => clearTimeout(timer)
  }, [row, column])
  return rested?.row === row && rested.column === column
}
