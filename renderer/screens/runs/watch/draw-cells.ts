import { readGridCode, type GridCell } from '#shared/domain/grid.ts'
import { outcomeLetters } from '#shared/domain/label-words.ts'
import type { Outcome } from '#shared/domain/label.ts'
import { type CellColours } from './cell-colours.ts'
import { cellTopLeft, type CellLayout, type CellPlace } from './cell-layout.ts'

/** The part of a canvas context that cells are drawn with. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'clearRect'
  | 'closePath'
  | 'fill'
  | 'fillRect'
  | 'fillText'
  | 'lineTo'
  | 'moveTo'
  | 'strokeRect'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
>

export interface CellPicture {
  readonly layout: CellLayout
  readonly codes: Uint8Array
  readonly running: ReadonlySet<number>
  readonly cursor: CellPlace | null
  /** The column whose prompt is shown below; null for none. */
  readonly shown: number | null
  readonly colours: CellColours
  /** Colour of each row's precision, shown where there is a gutter. */
  readonly rowColours: readonly string[]
}

interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Draws the bands that lie between two heights, the upper one at the top of the canvas. Only what is seen costs time. */
export function drawCells(
  pen: Pen,
  picture: CellPicture,
  view: { readonly top: number; readonly height: number; readonly width: number },
): void {
  const { layout, codes, running, colours } = picture
  pen.clearRect(0, 0, view.width, view.height)
  const first = Math.max(0, Math.floor(view.top / layout.bandHeight))
  const last = Math.min(layout.bands - 1, Math.floor((view.top + view.height) / layout.bandHeight))
  for (let band = first; band <= last; band += 1) {
    const end = Math.min(layout.columns, (band + 1) * layout.perBand)
    for (let row = 0; row < layout.rows; row += 1) {
      if (layout.gutter > 0) drawGutter(pen, boxOf(layout, { row, column: end - 1 }, view.top), picture.rowColours[row])
      for (let column = band * layout.perBand; column < end; column += 1) {
        const at = row * layout.columns + column
        const box = boxOf(layout, { row, column }, view.top)
        if (running.has(at)) drawRunning(pen, box, colours)
        else drawCell(pen, box, cellOf(codes[at] ?? 0), colours)
      }
    }
  }
  if (picture.shown !== null) drawShown(pen, picture, view.top)
  if (picture.cursor !== null) drawCursor(pen, boxOf(layout, picture.cursor, view.top), colours)
}

/** Reading a code is cheap, but a hundred thousand of them a frame are not: there are few different ones. */
const known = new Map<number, GridCell>()
function cellOf(code: number): GridCell {
  const cell = known.get(code) ?? readGridCode(code)
  known.set(code, cell)
  return cell
}

function boxOf(layout: CellLayout, place: CellPlace, top: number): Box {
  const { x, y } = cellTopLeft(layout, place)
  const w = Math.max(2, Math.round(x + layout.pitchX - layout.gap) - Math.round(x))
  const h = Math.min(12, layout.pitchY - Math.max(2, layout.gap))
  return { x: Math.round(x), y: Math.round(y - top + (layout.pitchY - h) / 2), w, h }
}

function drawCell(pen: Pen, box: Box, cell: GridCell, colours: CellColours): void {
  const { x, y, w, h } = box
  switch (cell.state) {
    case 'pending':
      return drawOutline(pen, box, colours.waiting)
    case 'error':
      return drawTriangle(pen, box, colours.error)
    case 'wrong':
      return drawCross(pen, box, colours.wrong)
    case 'cut-wrong':
    case 'cut-ungraded':
      pen.fillStyle = cell.outcome === null ? colours.right : colours.truncated
      return pen.fillRect(x, y + Math.floor(h * 0.45), w, h - Math.floor(h * 0.45))
    case 'ungraded':
      if (cell.outcome !== null) return drawLabel(pen, box, cell.outcome, colours)
      return drawHollow(pen, box, colours.right)
    case 'correct':
      pen.fillStyle = colours.right
      return pen.fillRect(x, y, w, h)
  }
}

function drawOutline(pen: Pen, { x, y, w, h }: Box, colour: string): void {
  pen.strokeStyle = colour
  pen.lineWidth = 1
  pen.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1)
}

/** Done, and nothing says whether it is right. */
function drawHollow(pen: Pen, { x, y, w, h }: Box, colour: string): void {
  pen.strokeStyle = colour
  pen.lineWidth = 2
  pen.strokeRect(x + 1, y + 1, w - 2, h - 2)
}

function drawTriangle(pen: Pen, { x, y, w, h }: Box, colour: string): void {
  polygon(
    pen,
    [
      [x + w / 2, y],
      [x + w, y + h],
      [x, y + h],
    ],
    colour,
  )
}

const cross = [
  [0, 0],
  [0.32, 0],
  [0.5, 0.26],
  [0.68, 0],
  [1, 0],
  [1, 0.16],
  [0.74, 0.5],
  [1, 0.84],
  [1, 1],
  [0.68, 1],
  [0.5, 0.74],
  [0.32, 1],
  [0, 1],
  [0, 0.84],
  [0.26, 0.5],
  [0, 0.16],
] as const

function drawCross(pen: Pen, { x, y, w, h }: Box, colour: string): void {
  polygon(
    pen,
    cross.map(([dx, dy]) => [x + dx * w, y + dy * h] as const),
    colour,
  )
}

function polygon(pen: Pen, points: readonly (readonly [x: number, y: number])[], colour: string): void {
  pen.fillStyle = colour
  pen.beginPath()
  for (const [index, [x, y]] of points.entries()) {
    if (index === 0) pen.moveTo(x, y)
    else pen.lineTo(x, y)
  }
  pen.closePath()
  pen.fill()
}

/** A label: its fill, and its letter where there is room. What is no label of the five is outlined. */
function drawLabel(pen: Pen, box: Box, outcome: Outcome, colours: CellColours): void {
  const { x, y, w, h } = box
  if (outcome === 'error') return drawTriangle(pen, box, colours.error)
  const filled = outcome !== 'none' && outcome !== 'truncated'
  if (filled) {
    pen.fillStyle = colours[outcome]
    pen.fillRect(x, y, w, h)
  } else drawHollow(pen, box, colours[outcome])
  if (w < 9 || h < 11) return
  pen.fillStyle = filled ? colours[`on-${outcome}`] : colours.ink
  pen.font = '700 9px sans-serif'
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(outcomeLetters[outcome], x + w / 2, y + h / 2 + 0.5)
}

function drawRunning(pen: Pen, { x, y, w, h }: Box, colours: CellColours): void {
  pen.fillStyle = colours.running
  pen.fillRect(x, y, w, h)
  pen.strokeStyle = colours.ring
  pen.lineWidth = 1.5
  pen.strokeRect(x - 0.75, y - 0.75, w + 1.5, h + 1.5)
}

function drawCursor(pen: Pen, { x, y, w, h }: Box, colours: CellColours): void {
  pen.strokeStyle = colours.focus
  pen.lineWidth = 2
  pen.strokeRect(x - 1, y - 1, w + 2, h + 2)
}

function drawGutter(pen: Pen, { y, h }: Box, colour: string | undefined): void {
  if (colour === undefined) return
  pen.fillStyle = colour
  pen.fillRect(0, y, 3, h)
}

/** A line under the column of the prompt that stands below. */
function drawShown(pen: Pen, { layout, shown, colours }: CellPicture, top: number): void {
  const box = boxOf(layout, { row: layout.rows - 1, column: shown ?? 0 }, top)
  pen.fillStyle = colours.ink
  pen.fillRect(box.x, box.y + box.h + 2, box.w, 1)
}
