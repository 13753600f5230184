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
}

export interface CellPlace {
  readonly row: number
  readonly column: number
}

/** Sizes of a cell, comfortable first. The last is the smallest that an eye can tell and a pointer can hit. */
const sizes = [
  { pitchX: 12, pitchY: 19, gap: 2 },
  { pitchX: 9, pitchY: 18, gap: 2 },
  { pitchX: 8, pitchY: 14, gap: 2 },
  { pitchX: 7, pitchY: 11, gap: 1 },
  { pitchX: 6, pitchY: 8, gap: 1 },
] as const
const widestPitch = 24
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
  const tries = sizes.map((size) => {
    const perBand = Math.max(1, Math.min(columns, Math.floor(width / size.pitchX)))
    const bands = Math.max(1, Math.ceil(columns / perBand))
    // Bands of equal length, each filling the width.
    const evenly = Math.max(1, Math.ceil(columns / bands))
    const pitchX = Math.min(widestPitch, Math.max(size.pitchX, Math.floor((width / evenly) * 2) / 2))
    const bandHeight = rows * size.pitchY + (bands > 1 ? betweenBands : 0)
    return { ...size, rows, columns, pitchX, perBand: evenly, bands, bandHeight, height: bands * bandHeight }
  })
  const whole = tries.find(({ height, bands }) => height <= maxHeight && bands === 1)
  const fitting = whole ?? tries.find(({ height }) => height <= maxHeight) ?? tries.at(-1)
  if (fitting === undefined) throw new RangeError('there are no cell sizes')
  return fitting
}

export function cellTopLeft(
  layout: CellLayout,
  { row, column }: CellPlace,
): { readonly x: number; readonly y: number } {
  const band = Math.floor(column / layout.perBand)
  return { x: (column % layout.perBand) * layout.pitchX, y: band * layout.bandHeight + row * layout.pitchY }
}

/** The cell under a point, null between and beside them. */
export function cellAt(layout: CellLayout, point: { readonly x: number; readonly y: number }): CellPlace | null {
  const band = Math.floor(point.y / layout.bandHeight)
  const row = Math.floor((point.y - band * layout.bandHeight) / layout.pitchY)
  const inBand = Math.floor(point.x / layout.pitchX)
  const column = band * layout.perBand + inBand
  if (point.x < 0 || point.y < 0 || inBand >= layout.perBand) return null
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
