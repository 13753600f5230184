import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dodge, placeLabels, textWidth } from '../../../renderer/charts/place-labels.ts'

const frame = { left: 30, right: 330, top: 10, bottom: 190 }
const mark = fc.record({
  x: fc.double({ min: 40, max: 320, noNaN: true }),
  y: fc.double({ min: 20, max: 180, noNaN: true }),
  text: fc.constantFrom('F16', 'Q8_0', 'Q4_K_M', 'FP8-E4M3'),
})

describe('placeLabels', () => {
  it('keeps every name inside the frame', () => {
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 12 }), (marks) => {
        const bars = marks.map(({ y }) => ({ top: y - 8, bottom: y + 8 }))
        for (const { box } of placeLabels(marks, bars, frame)) {
          expect(box.left).toBeGreaterThanOrEqual(frame.left)
          expect(box.right).toBeLessThanOrEqual(frame.right)
          expect(box.top).toBeGreaterThanOrEqual(frame.top)
          expect(box.bottom).toBeLessThanOrEqual(frame.bottom)
        }
      }),
    )
  })

  it('puts the names of a few marks clear of each other and of all marks', () => {
    const few = fc.array(mark, { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(few, (marks) => {
        const labels = placeLabels(
          marks,
          marks.map(({ y }) => ({ top: y, bottom: y })),
          frame,
        )
        for (const [index, { box }] of labels.entries()) {
          for (const other of labels.slice(index + 1)) {
            const apart =
              box.right <= other.box.left ||
              other.box.right <= box.left ||
              box.bottom <= other.box.top ||
              other.box.bottom <= box.top
            expect(apart).toBe(true)
          }
          for (const { x, y } of marks)
            expect(x > box.left && x < box.right && y > box.top && y < box.bottom).toBe(false)
        }
      }),
    )
  })

  it('stands above its mark where nothing is in the way, and clear of the error bar', () => {
    const [label] = placeLabels([{ x: 150, y: 100, text: 'Q4_0' }], [{ top: 60, bottom: 140 }], frame)
    expect(label?.box.bottom).toBeLessThanOrEqual(60)
    expect(label?.x).toBeCloseTo(150 - textWidth('Q4_0') / 2)
    expect(label?.led).toBe(false)
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
