import type { Estimate, Measured } from '#shared/domain/comparison.ts'
import { countText, intervalText, measuredText, missing, signed, threeDigits } from '#shared/domain/figures.ts'
import { withoutFormula } from '#shared/domain/formula-text.ts'

/** A chart's figures as text: what its table view shows and its CSV holds. */
export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly ChartCell[])[]
}

export type ChartCell = string | number | null | ChartFigure

/** A figure with its interval: one column in the table view, three in a file. */
export interface ChartFigure {
  readonly value: number
  readonly interval: readonly [low: number, high: number] | null
  /** Whether a gain is written with its sign. */
  readonly plus: boolean
  readonly mostDecimals?: number
}

/** A share as percent, or with `plus` a difference as points. */
export const shareCell = (estimate: Estimate | null, plus: 'plus' | 'plain' = 'plain'): ChartCell =>
  estimate && {
    value: 100 * estimate.value,
    interval: [100 * estimate.low, 100 * estimate.high],
    plus: plus === 'plus',
  }

export const measuredCell = (measured: Measured | null, mostDecimals = 3): ChartCell =>
  measured && { ...measured, plus: false, mostDecimals }

/** No more digits than the interval bears; three where there is none; a count as it is. */
export function cellText(cell: ChartCell): string {
  if (cell === null) return missing
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return Number.isInteger(cell) ? signed(countText(cell)) : threeDigits(cell)
  if (!cell.plus || cell.interval === null) return measuredText({ ...cell, n: 1 }, cell.mostDecimals)
  const [low, high] = cell.interval
  return intervalText({ value: cell.value / 100, low: low / 100, high: high / 100 }, 'plus')
}

/** RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvText({ columns, rows }: ChartTable): string {
  const wide = columns.map((_, place) => rows.some((row) => isFigure(row[place] ?? null)))
  const head = columns.flatMap((column, place) => (wide[place] ? [column, `${column}, from`, `${column}, to`] : column))
  const lines = rows.map((row) => row.flatMap((cell, place) => (wide[place] ? figureFields(cell) : [cell])))
  return [head, ...lines].map((line) => line.map(csvField).join(',')).join('\r\n') + '\r\n'
}

const isFigure = (cell: ChartCell): cell is ChartFigure => typeof cell === 'object' && cell !== null

const figureFields = (cell: ChartCell): readonly ChartCell[] =>
  isFigure(cell) ? [cell.value, ...(cell.interval ?? [null, null])] : [cell, null, null]

function csvField(value: ChartCell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(typeof value === 'number' ? value : value.value)
  const safe = withoutFormula(value)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
