/**
 * Where the cells stand. A column is a prompt and a row a variant; where there are more prompts than fit side by side
 * they go on in a further band below, so that the variants of one prompt always stand under each other.
 */
export interface CellLayout {
  readonly rows: number
  readonly columns: number
  /** From one cell to the next, CSS pixels; the gap is part of it. */
  readonly pitchX: number
  readonly pitchY: number
  readonly gap: number
  readonly perBand: number
  readonly bands: number
  readonly bandHeight: number
  readonly height: number
  /** Width at the left that the cells leave free. */
  readonly gutter: number
}

export interface CellPlace {
  readonly row: number
  readonly column: number
}

/** Sizes of a cell in one band, comfortable first. */
const inOneBand = [
  { pitchX: 9, pitchY: 19, gap: 2 },
  { pitchX: 5.5, pitchY: 18, gap: 1 },
  { pitchX: 5.5, pitchY: 14, gap: 1 },
  { pitchX: 5.5, pitchY: 11, gap: 1 },
] as const
/** And in several. The last is the smallest that an eye can tell and a pointer can hit. */
const inBands = [
  { pitchX: 8, pitchY: 11, gap: 1 },
  { pitchX: 6, pitchY: 8, gap: 1 },
] as const
/** Room at the left of several bands, where each row wears the colour of its precision. */
const gutterOfBands = 8
const widestPitch = 14
const betweenBands = 6

/** The largest cells with which everything fits into the height; the smallest, to be scrolled, where nothing does. */
export function layoutCells({
  rows,
  columns,
  width,
  maxHeight,
}: {
  readonly rows: number
  readonly columns: number
  readonly width: number
  readonly maxHeight: number
}): CellLayout {
  const tries = [...inOneBand, ...inBands].map((size) => placeCells(size, { rows, columns, width }))
  const fits = ({ height }: CellLayout) => height <= maxHeight
  const whole = tries.slice(0, inOneBand.length).find((layout) => layout.bands === 1 && fits(layout))
  const fitting = whole ?? tries.slice(inOneBand.length).find(fits) ?? tries.at(-1)
  if (fitting === undefined) throw new RangeError('there are no cell sizes')
  return fitting
}

function placeCells(
  size: Pick<CellLayout, 'pitchX' | 'pitchY' | 'gap'>,
  { rows, columns, width }: { readonly rows: number; readonly columns: number; readonly width: number },
): CellLayout {
  const bandsIn = (room: number) => Math.max(1, Math.ceil(columns / Math.max(1, Math.floor(room / size.pitchX))))
  const gutter = bandsIn(width) === 1 ? 0 : gutterOfBands
  const bands = bandsIn(width - gutter)
  // Bands of equal length, each filling the width.
  const perBand = Math.max(1, Math.ceil(columns / bands))
  const pitchX = Math.min(widestPitch, Math.max(size.pitchX, (width - gutter) / perBand))
  const bandHeight = rows * size.pitchY + (bands > 1 ? betweenBands : 0)
  return { ...size, rows, columns, pitchX, perBand, bands, bandHeight, height: bands * bandHeight, gutter }
}

export function cellTopLeft(
  layout: CellLayout,
  { row, column }: CellPlace,
): { readonly x: number; readonly y: number } {
  const band = Math.floor(column / layout.perBand)
  return {
    x: layout.gutter + (column % layout.perBand) * layout.pitchX,
    y: band * layout.bandHeight + row * layout.pitchY,
  }
}

/** The cell under a point, null between and beside them. */
export function cellAt(layout: CellLayout, point: { readonly x: number; readonly y: number }): CellPlace | null {
  const band = Math.floor(point.y / layout.bandHeight)
  const row = Math.floor((point.y - band * layout.bandHeight) / layout.pitchY)
  const inBand = Math.floor((point.x - layout.gutter) / layout.pitchX)
  const column = band * layout.perBand + inBand
  if (point.x < layout.gutter || point.y < 0 || inBand >= layout.perBand) return null
  return row >= layout.rows || column >= layout.columns || band >= layout.bands ? null : { row, column }
}

/** Where the cursor goes with a key; null for keys that do not move it. */
export function moveCursor(layout: CellLayout, { row, column }: CellPlace, key: string): CellPlace | null {
  const to = (nextRow: number, nextColumn: number): CellPlace => ({
    row: Math.max(0, Math.min(layout.rows - 1, nextRow)),
    column: Math.max(0, Math.min(layout.columns - 1, nextColumn)),
  })
  switch (key) {
    case 'ArrowRight':
      return to(row, column + 1)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'ArrowDown':
      // Below the last variant comes the first of the band below.
      return row + 1 < layout.rows || column + layout.perBand >= layout.columns
        ? to(row + 1, column)
        : to(0, column + layout.perBand)
    case 'ArrowUp':
      return row > 0 || column < layout.perBand ? to(row - 1, column) : to(layout.rows - 1, column - layout.perBand)
    case 'PageDown':
      return to(row, column + layout.perBand)
    case 'PageUp':
      return to(row, column - layout.perBand)
    case 'Home':
      return to(row, 0)
    case 'End':
      return to(row, layout.columns - 1)
    default:
      return null
  }
}
