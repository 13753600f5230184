import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { floatToHalf, halfToFloat } from '#core/gguf/float16.ts'

// The engine's own DataView methods are the oracle.
interface HalfView extends DataView {
  getFloat16(offset: number): number
  setFloat16(offset: number, value: number): void
}
const view = new DataView(new ArrayBuffer(4)) as HalfView

const every = Array.from({ length: 65_536 }, (_, half) => half)

describe('halves', () => {
  it('are read as the runtime reads them, all 65 536', () => {
    const wrong = every.filter((half) => {
      view.setUint16(0, half)
      return !Object.is(halfToFloat(half), view.getFloat16(0))
    })
    expect(wrong).toEqual([])
  })

  it('come back as the same bits', () => {
    const wrong = every.filter((half) => {
      const value = halfToFloat(half)
      return !Number.isNaN(value) && floatToHalf(value) !== half
    })
    expect(wrong).toEqual([])
  })

  it('are rounded from floats as the runtime rounds, ties and subnormals included', () => {
    const rounded = (value: number) => {
      view.setFloat16(0, value)
      return view.getUint16(0)
    }
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        expect(floatToHalf(value)).toBe(rounded(value))
      }),
      { numRuns: 2000, seed: 1 },
    )
    for (let half = 0; half < 0x7bff; half++) {
      // Half way between two neighbours, and one float to either side.
      const middle = (halfToFloat(half) + halfToFloat(half + 1)) / 2
      for (const value of [middle, Math.fround(middle * (1 + 2 ** -23)), Math.fround(middle * (1 - 2 ** -23))]) {
        if (floatToHalf(value) !== rounded(value)) throw new Error(`${value}: ${floatToHalf(value)}`)
      }
    }
    expect([65_519, 65_520, -65_520, Infinity].map(floatToHalf)).toEqual([0x7bff, 0x7c00, 0xfc00, 0x7c00])
  })
})
