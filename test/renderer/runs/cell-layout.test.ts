import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cellAt,
  cellTopLeft,
  layoutCells,
  moveCursor,
  type CellLayout,
} from '../../../renderer/screens/runs/watch/cell-layout.ts'

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 60 }),
  columns: fc.integer({ min: 1, max: 20_000 }),
  width: fc.integer({ min: 120, max: 2400 }),
  maxHeight: fc.integer({ min: 80, max: 400 }),
})
const someCell = (layout: CellLayout, seed: number) => ({
  row: seed % layout.rows,
  column: (seed * 7919) % layout.columns,
})

describe('the layout of cells', () => {
  it('puts 120 prompts of four variants into one band that fills the width', () => {
    const layout = layoutCells({ rows: 4, columns: 120, width: 1168, maxHeight: 232 })
    expect(layout).toMatchObject({ bands: 1, pitchY: 19, height: 76, gutter: 0 })
    expect(layout.pitchX * 120).toBeCloseTo(1168)
  })

  it('goes on in a further band where the prompts do not fit side by side', () => {
    const layout = layoutCells({ rows: 5, columns: 1000, width: 1168, maxHeight: 400 })
    expect(layout.bands).toBeGreaterThan(1)
    expect(layout.perBand * layout.bands).toBeGreaterThanOrEqual(1000)
    expect(layout.perBand * (layout.bands - 1)).toBeLessThan(1000)
    expect(layout.height).toBeLessThanOrEqual(400)
  })

  it('never draws beyond its width, and stays large enough to be hit', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const layout = layoutCells(size)
        expect(layout.gutter + layout.perBand * layout.pitchX).toBeLessThanOrEqual(size.width + 1e-6)
        expect(layout.pitchX).toBeGreaterThanOrEqual(5.5)
        expect(layout.pitchY).toBeGreaterThanOrEqual(8)
      }),
    )
  })

  it('finds every cell at the place where it was put', () => {
    fc.assert(
      fc.property(sizes, fc.nat(1_000_000), (size, seed) => {
        const layout = layoutCells(size)
        const place = someCell(layout, seed)
        const { x, y } = cellTopLeft(layout, place)
        expect(cellAt(layout, { x: x + layout.pitchX / 2, y: y + layout.pitchY / 2 })).toEqual(place)
      }),
    )
  })

  it('finds nothing beside and below the cells', () => {
    const layout = layoutCells({ rows: 5, columns: 1000, width: 1168, maxHeight: 400 })
    expect(cellAt(layout, { x: 2, y: 2 })).toBeNull()
    expect(cellAt(layout, { x: 100, y: layout.height + 5 })).toBeNull()
    expect(cellAt(layout, { x: 100, y: -5 })).toBeNull()
    expect(cellAt(layout, { x: 100, y: 5 * layout.pitchY + 1 })).toBeNull()
  })
})

describe('the cursor among cells', () => {
  const layout = layoutCells({ rows: 3, columns: 1000, width: 600, maxHeight: 100 })
  const { perBand } = layout

  it('goes down through the variants and on into the band below, and back', () => {
    const last = { row: 2, column: 4 }
    expect(moveCursor(layout, last, 'ArrowDown')).toEqual({ row: 0, column: 4 + perBand })
    expect(moveCursor(layout, { row: 0, column: 4 + perBand }, 'ArrowUp')).toEqual(last)
  })

  it('stays among the cells whatever is pressed', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 60 }), (pressed) => {
        const end = pressed.reduce((place, key) => moveCursor(layout, place, key) ?? place, { row: 0, column: 0 })
        expect(end.row >= 0 && end.row < 3 && end.column >= 0 && end.column < 1000).toBe(true)
      }),
    )
  })

  it('leaves other keys alone', () => {
    expect(moveCursor(layout, { row: 0, column: 0 }, 'Tab')).toBeNull()
  })
})
