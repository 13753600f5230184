/** An 8-bit float. `maxCode` is the code of its largest finite value; `maxValue` that value. */
export interface Fp8Format {
  readonly name: 'FP8-E4M3' | 'FP8-E5M2'
  readonly mantissaBits: number
  readonly bias: number
  readonly maxCode: number
  readonly maxValue: number
  /** The code that stands for NaN, sign aside, as ml_dtypes writes it. */
  readonly nanCode: number
}

/** E4M3FN: no infinities, largest value 448. Source: Micikevicius et al. 2022, FP8 Formats for Deep Learning, table 1. */
export const e4m3: Fp8Format = {
  name: 'FP8-E4M3',
  mantissaBits: 3,
  bias: 7,
  maxCode: 0x7e,
  maxValue: 448,
  nanCode: 0x7f,
}
/** E5M2: the upper byte of a half. */
export const e5m2: Fp8Format = {
  name: 'FP8-E5M2',
  mantissaBits: 2,
  bias: 15,
  maxCode: 0x7b,
  maxValue: 57_344,
  nanCode: 0x7e,
}

/** Value of each of the 256 codes. */
export function decodeTable(format: Fp8Format): Float64Array {
  return Float64Array.from({ length: 256 }, (_, code) => {
    const magnitude = code & 0x7f
    if (magnitude > format.maxCode)
      return format === e5m2 && magnitude === 0x7c ? (code & 0x80 ? -Infinity : Infinity) : NaN
    const fraction = magnitude & ((1 << format.mantissaBits) - 1)
    const exponent = magnitude >>> format.mantissaBits
    const significand = exponent === 0 ? fraction : fraction + (1 << format.mantissaBits)
    const value = significand * 2 ** (Math.max(exponent, 1) - format.bias - format.mantissaBits)
    return code & 0x80 ? -value : value
  })
}

/**
 * Makes the function that rounds a 32-bit float, given as its bits, to the nearest code, ties to even.
 * What lies beyond the largest finite value becomes that value, as saturating hardware does; NaN stays NaN.
 */
export function encoder(format: Fp8Format): (floatBits: number) => number {
  const { mantissaBits, bias, maxCode, nanCode } = format
  const shift = 23 - mantissaBits
  const half = (1 << (shift - 1)) - 1
  const rebias = (127 - bias) << mantissaBits
  const leastNormal = (128 - bias) << 23
  const stepsPerUnit = 2 ** (bias + mantissaBits - 1)
  const float = new Float32Array(1)
  const bits = new Uint32Array(float.buffer)

  const subnormal = (magnitude: number): number => {
    bits[0] = magnitude
    const steps = (float[0] ?? 0) * stepsPerUnit
    const below = Math.floor(steps)
    const rest = steps - below
    return rest > 0.5 || (rest === 0.5 && (below & 1) === 1) ? below + 1 : below
  }

  return (floatBits) => {
    const sign = (floatBits >>> 24) & 0x80
    const magnitude = floatBits & 0x7fff_ffff
    if (magnitude < leastNormal) return sign | subnormal(magnitude)
    if (magnitude > 0x7f80_0000) return sign | nanCode
    const code = ((magnitude + half + ((magnitude >>> shift) & 1)) >>> shift) - rebias
    return sign | (code > maxCode ? maxCode : code)
  }
}
