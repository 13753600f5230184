import type { GridView } from '#shared/contract/views.ts'
import { gridCode, readGridCode, type GridState } from '#shared/domain/grid.ts'
import type { Cell } from '#shared/domain/run.ts'

export interface GridRow {
  readonly variantIndex: number
  readonly arm: string
  readonly sample: number
  /** Cells of the row by what they came to. */
  readonly counts: Readonly<Record<GridState, number>>
}

/** The cells of a run as one byte each, row by row; see `gridCode`. */
export interface RunGrid {
  readonly columns: number
  readonly rows: readonly GridRow[]
  readonly codes: Uint8Array
}

const noCounts = (): Record<GridState, number> => ({
  pending: 0,
  error: 0,
  ungraded: 0,
  wrong: 0,
  correct: 0,
  'cut-wrong': 0,
  'cut-ungraded': 0,
})

export function readGrid({ columns, rows, codes }: GridView): RunGrid {
  const bytes = bytesOf(codes)
  return {
    columns,
    codes: bytes,
    rows: rows.map((row, at) => ({ ...row, counts: countRow(bytes.subarray(at * columns, (at + 1) * columns)) })),
  }
}

/** Base64 as bytes. By place and not by character: of a hundred thousand, an iterator costs ten times as much. */
function bytesOf(base64: string): Uint8Array {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return bytes
}

function countRow(codes: Uint8Array): Record<GridState, number> {
  const byCode = new Uint32Array(256)
  for (const code of codes) byCode[code] = (byCode[code] ?? 0) + 1
  const counts = noCounts()
  for (const [code, n] of byCode.entries()) if (n > 0) counts[readGridCode(code).state] += n
  return counts
}

/** The grid with these cells as they are now. Cells that it has no place for are left out. */
export function patchGrid(grid: RunGrid, cells: readonly Cell[]): RunGrid {
  if (cells.length === 0) return grid
  const codes = grid.codes.slice()
  const rows = [...grid.rows]
  for (const cell of cells) {
    const at = rowOf(grid, cell)
    const row = rows[at]
    const place = at * grid.columns + cell.promptIndex
    const before = codes[place]
    if (row === undefined || before === undefined || cell.promptIndex >= grid.columns) continue
    const code = gridCode(cell)
    codes[place] = code
    const counts = { ...row.counts }
    counts[readGridCode(before).state] -= 1
    counts[readGridCode(code).state] += 1
    rows[at] = { ...row, counts }
  }
  return { ...grid, codes, rows }
}

/** -1 where there is none. */
export function rowOf(grid: RunGrid, cell: Pick<GridRow, 'variantIndex' | 'arm' | 'sample'>): number {
  return grid.rows.findIndex(
    ({ variantIndex, arm, sample }) => variantIndex === cell.variantIndex && arm === cell.arm && sample === cell.sample,
  )
}

/** Whether a cell has ended. */
export function hasRun(grid: RunGrid, cell: Pick<Cell, 'variantIndex' | 'arm' | 'sample' | 'promptIndex'>): boolean {
  const row = rowOf(grid, cell)
  const code = row === -1 ? undefined : grid.codes[row * grid.columns + cell.promptIndex]
  return code !== undefined && readGridCode(code).state !== 'pending'
}

export interface RowSum {
  readonly of: 'graded' | 'all'
  /** Right ones of the graded; of all cells, those that ran. */
  readonly n: number
  readonly total: number
}

/**
 * What stands beside each row. Either for all rows the right of the graded, or, where no prompt is graded, those that ran: a row
 * that waits must not be counted otherwise than the one that runs.
 */
export function rowSums({ columns, rows }: RunGrid, isProbeRun: boolean): readonly RowSum[] {
  const graded = rows.map(({ counts }) => counts.correct + counts.wrong + counts['cut-wrong'])
  const isUngraded = rows.some(({ counts }) => counts.ungraded + counts['cut-ungraded'] > 0)
  const isGraded = graded.some((n) => n > 0) || !(isProbeRun || isUngraded)
  return rows.map(({ counts }, at) =>
    isGraded
      ? { of: 'graded', n: counts.correct, total: graded[at] ?? 0 }
      : { of: 'all', n: columns - counts.pending, total: columns },
  )
}
