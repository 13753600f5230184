import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dodge, lineBox, placeLabels, textWidth, type Box } from '#shared/domain/place-labels.ts'

const frame = { left: 30, right: 330, top: 10, bottom: 190 }
const mark = fc.record({
  x: fc.double({ min: 40, max: 320, noNaN: true }),
  y: fc.double({ min: 20, max: 180, noNaN: true }),
  text: fc.constantFrom('F16', 'Q8_0', 'Q4_K_M', 'FP8-E4M3', 'bartowski…Q4_K_M'),
})
const apart = (a: Box, b: Box) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top
const grown = ({ x, y }: { readonly x: number; readonly y: number }): Box => ({
  left: x - 5,
  right: x + 5,
  top: y - 5,
  bottom: y + 5,
})

describe('placeLabels', () => {
  it('keeps every name inside the frame, off all marks, bars, lines and other names, or leaves it out', () => {
    fc.assert(
      fc.property(fc.array(mark, { minLength: 1, maxLength: 12 }), mark, mark, (marks, from, to) => {
        const bars = marks.map(({ y }) => ({ top: y - 8, bottom: y + 8 }))
        const line = lineBox({ x: from.x, y: from.y }, { x: to.x, y: from.y })
        const boxes = placeLabels({ marks, bars, frame, others: [line] }).flatMap((label) => label?.box ?? [])
        for (const [index, box] of boxes.entries()) {
          expect(box.left).toBeGreaterThanOrEqual(frame.left)
          expect(box.right).toBeLessThanOrEqual(frame.right)
          expect(box.top).toBeGreaterThanOrEqual(frame.top)
          expect(box.bottom).toBeLessThanOrEqual(frame.bottom)
          const others = [line, ...marks.map(grown), ...boxes.slice(index + 1)]
          for (const other of others) expect(apart(box, other)).toBe(true)
        }
      }),
    )
  })

  it('names every one of a few marks, wherever they lie', () => {
    fc.assert(
      fc.property(fc.array(mark, { minLength: 2, maxLength: 5 }), (marks) => {
        const bars = marks.map(({ y }) => ({ top: y, bottom: y }))
        expect(placeLabels({ marks, bars, frame })).not.toContain(null)
      }),
    )
  })

  it('names ten variants of one size and long names, with a line to each that is far away', () => {
    const marks = Array.from({ length: 10 }, (_, index) => ({
      x: 100 + 11 * index,
      y: 60,
      text: `bartowski…Q4_K_${index}`,
    }))
    const bars = marks.map(() => ({ top: 40, bottom: 80 }))
    const labels = placeLabels({ marks, bars, frame })
    expect(labels).not.toContain(null)
    expect(labels.some((label) => label?.lead !== null)).toBe(true)
  })

  it('stands above its mark where nothing is in the way, and clear of the error bar', () => {
    const [label] = placeLabels({ marks: [{ x: 150, y: 100, text: 'Q4_0' }], bars: [{ top: 60, bottom: 140 }], frame })
    expect(label?.box.bottom).toBeLessThanOrEqual(60)
    expect(label?.x).toBeCloseTo(150 - textWidth('Q4_0') / 2)
    expect(label?.lead).toBe(null)
  })

  it('does not stand nearer to another mark than to its own', () => {
    const marks = [
      { x: 280, y: 60, text: 'F16' },
      { x: 291, y: 60, text: 'FP8-E4M3' },
    ]
    const labels = placeLabels({ marks, bars: marks.map(() => ({ top: 40, bottom: 80 })), frame })
    const middles = labels.map((label) => (label!.box.left + label!.box.right) / 2)
    expect(Math.abs(middles[0]! - 280)).toBeLessThan(Math.abs(middles[0]! - 291))
    expect(Math.abs(middles[1]! - 291)).toBeLessThan(Math.abs(middles[1]! - 280))
  })

  it('stands elsewhere where a line goes through the first place', () => {
    const plan = { marks: [{ x: 150, y: 100, text: 'Q4_0' }], bars: [{ top: 90, bottom: 110 }], frame }
    const [free] = placeLabels(plan)
    const line = lineBox({ x: 40, y: 80 }, { x: 300, y: 80 })
    const [moved] = placeLabels({ ...plan, others: [line] })
    expect(apart(free!.box, line)).toBe(false)
    expect(apart(moved!.box, line)).toBe(true)
  })
})

describe('dodge', () => {
  it('leaves marks with room where they are', () => {
    expect(dodge([10, 40, 80], 11)).toEqual([10, 40, 80])
  })

  it('puts equal marks side by side about their place, in the order given', () => {
    expect(dodge([50, 20, 50], 10)).toEqual([45, 20, 55])
  })
})
