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
  const bytes = Uint8Array.from(atob(codes), (char) => char.charCodeAt(0))
  return {
    columns,
    codes: bytes,
    rows: rows.map((row, at) => ({ ...row, counts: countRow(bytes.subarray(at * columns, (at + 1) * columns)) })),
  }
}

function countRow(codes: Uint8Array): Record<GridState, number> {
  const byCode = new Map<number, number>()
  for (const code of codes) byCode.set(code, (byCode.get(code) ?? 0) + 1)
  const counts = noCounts()
  for (const [code, n] of byCode) counts[readGridCode(code).state] += n
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

/** Graded cells of a row, and those that were right. */
export function gradedIn({ counts }: GridRow): { readonly right: number; readonly graded: number } {
  return { right: counts.correct, graded: counts.correct + counts.wrong + counts['cut-wrong'] }
}
