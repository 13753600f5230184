import { floatToHalf } from './float16.ts'
import { decodeTable, encoder, type Fp8Format } from './fp8-format.ts'

/** What shares one scale: 128 × 128 neighbours (as DeepSeek-V3 and R1 store weights), a row, or the whole tensor. */
export type Fp8Scale = 'block' | 'channel' | 'tensor'

export const blockSize = 128

/** Some rows of a matrix, as 32-bit floats. */
export interface Strip {
  readonly values: Float32Array
  readonly rows: number
  readonly columns: number
}

/** Rounds strips to a format and back, and writes them as halves. */
export interface Fp8Simulator {
  /** Largest magnitude of a strip; not finite where the strip holds a value that is not. */
  largest(strip: Strip): number
  /**
   * `out[i]` becomes the half nearest to scale × FP8(value / scale), with scale = largest magnitude of the group /
   * largest FP8 value. A strip starts at a multiple of 128 rows. `tensorLargest` is read for scale `tensor` only.
   * Returns the largest magnitude, as `largest` does.
   */
  simulate(strip: Strip, scale: Fp8Scale, tensorLargest: number, out: Uint16Array): number
}

/** Source of the scaling: DeepSeek-V3, inference/kernel.py. An all-zero group has scale 1 instead of 0. */
export function fp8Simulator(format: Fp8Format): Fp8Simulator {
  const encode = encoder(format)
  const values = decodeTable(format)
  const halves = new Uint16Array(256)
  const scaled = new Float32Array(1)
  const scaledBits = new Uint32Array(scaled.buffer)

  function simulateGroup(strip: Strip, group: Group, scale: number, out: Uint16Array): void {
    for (let code = 0; code < 256; code++) halves[code] = floatToHalf((values[code] ?? 0) * scale)
    for (let row = group.top; row < group.bottom; row++) {
      const end = row * strip.columns + group.right
      for (let i = row * strip.columns + group.left; i < end; i++) {
        scaled[0] = (strip.values[i] ?? 0) / scale
        out[i] = halves[encode(scaledBits[0] ?? 0)] ?? 0
      }
    }
  }

  return {
    largest: (strip) => largestIn(strip, { top: 0, bottom: strip.rows, left: 0, right: strip.columns }),
    simulate(strip, scale, tensorLargest, out) {
      let most = 0
      for (const group of groupsOf(strip, scale)) {
        const largest = scale === 'tensor' ? tensorLargest : largestIn(strip, group)
        simulateGroup(strip, group, Math.fround(largest / format.maxValue) || 1, out)
        // Not a number stays not a number.
        most = Math.max(most, largest)
      }
      return most
    },
  }
}

interface Group {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

function* groupsOf({ rows, columns }: Strip, scale: Fp8Scale): Generator<Group> {
  if (scale === 'tensor') yield { top: 0, bottom: rows, left: 0, right: columns }
  else if (scale === 'channel')
    for (let row = 0; row < rows; row++) yield { top: row, bottom: row + 1, left: 0, right: columns }
  else {
    for (let top = 0; top < rows; top += blockSize) {
      for (let left = 0; left < columns; left += blockSize) {
        yield { top, bottom: Math.min(top + blockSize, rows), left, right: Math.min(left + blockSize, columns) }
      }
    }
  }
}

/** Magnitudes of floats order as their bits do, and everything that is not finite comes last. */
function largestIn(strip: Strip, group: Group): number {
  const bits = new Uint32Array(strip.values.buffer, strip.values.byteOffset, strip.values.length)
  let most = 0
  for (let row = group.top; row < group.bottom; row++) {
    const end = row * strip.columns + group.right
    for (let i = row * strip.columns + group.left; i < end; i++) {
      const magnitude = (bits[i] ?? 0) & 0x7fff_ffff
      if (magnitude > most) most = magnitude
    }
  }
  return new Float32Array(Uint32Array.of(most).buffer)[0] ?? 0
}
