const floats = new Float32Array(1)
const floatBits = new Uint32Array(floats.buffer)

/** Value of an IEEE 754 half, given as its 16 bits. */
export function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/** The 16 bits of the nearest half, ties to even; `value` is taken as a 32-bit float first. */
export function floatToHalf(value: number): number {
  floats[0] = value
  const bits = floatBits[0] ?? 0
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fff_ffff
  if (magnitude > 0x7f80_0000) return sign | 0x7e00
  if (magnitude >= 0x4780_0000) return sign | 0x7c00
  if (magnitude < 0x3880_0000) {
    // Below 2^-14 halves are multiples of 2^-24; adding 0.5 to a float rounds it to just those, ties to even.
    const stepped = Math.fround(Math.abs(floats[0]) + 0.5) - 0.5
    return sign | (stepped * 2 ** 24)
  }
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1)
  return sign | ((rounded - 0x3800_0000) >>> 13)
}

/** Value of every half, by its bits. */
export function halfTable(): Float32Array {
  return Float32Array.from({ length: 65_536 }, (_, half) => halfToFloat(half))
}
