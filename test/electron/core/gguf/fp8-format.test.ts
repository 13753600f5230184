import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { halfToFloat } from '#core/gguf/float16.ts'
import { decodeTable, e4m3, e5m2, encoder, type Fp8Format } from '#core/gguf/fp8-format.ts'
import oracle from '../../../fixtures/fp8-oracle.json' with { type: 'json' }

const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0
const round = (format: Fp8Format, value: number): number => decodeTable(format)[encoder(format)(bitsOf(value))] ?? NaN

describe.each([e4m3, e5m2])('$name', (format) => {
  it('rounds every half as ml_dtypes does, clamped to the largest value', () => {
    const encode = encoder(format)
    const codes = Uint8Array.from({ length: 65_536 }, (_, half) => {
      // A NaN's sign does not survive being a JavaScript number.
      const isNan = (half & 0x7fff) > 0x7c00
      return encode(isNan ? 0x7fc0_0000 | ((half & 0x8000) << 16) : bitsOf(halfToFloat(half)))
    })
    expect(createHash('sha256').update(codes).digest('hex')).toBe(oracle.codesOfAllHalves[format.name])
  })

  it('leaves its own values as they are', () => {
    const encode = encoder(format)
    const values = [...decodeTable(format)]
    const codes = values.map((value) => encode(bitsOf(value)))
    const wrong = codes.filter((code, expected) => Number.isFinite(values[expected]) && code !== expected)
    expect(wrong).toEqual([])
  })
})

describe('FP8-E4M3 by hand', () => {
  it('has 253 distinct finite values, 448 the largest and 2^-9 the least', () => {
    const finite = [...decodeTable(e4m3)].filter(Number.isFinite)
    expect(new Set(finite.map(Math.abs)).size * 2 - 1).toBe(253)
    expect(Math.max(...finite)).toBe(448)
    expect(Math.min(...finite.filter((value) => value > 0))).toBe(2 ** -9)
  })

  it.each([
    [17, 16],
    [17.5, 18],
    [19, 20],
    [21, 20],
    [1.0625, 1],
    [1.1875, 1.25],
    [1.3125, 1.25],
    [0.1, 0.1015625],
    [0.3, 0.3125],
    [Math.PI, 3.25],
    [2 ** -10, 0],
    [0.000_976_562_56, 2 ** -9],
    [1.5 * 2 ** -9, 2 ** -8],
    [464, 448],
    [1e9, 448],
    [-Infinity, -448],
  ])('rounds %d to %d', (value, rounded) => expect(round(e4m3, value)).toBe(rounded))

  it('keeps the sign of zero', () => expect(encoder(e4m3)(0x8000_0000)).toBe(0x80))
})

describe('FP8-E5M2 by hand', () => {
  it.each([
    [9, 8],
    [11, 12],
    [1.125, 1],
    [0.1, 0.09375],
    [Math.PI, 3],
    [61_439, 57_344],
    [1e9, 57_344],
  ])('rounds %d to %d', (value, rounded) => expect(round(e5m2, value)).toBe(rounded))
})
