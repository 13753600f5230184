/** Returns the next whole number from 0 up to, not including, `bound` (at most 2^32). */
export type RandomBelow = (bound: number) => number

/**
 * A small seeded generator: xoshiro128** 1.1 (D. Blackman, S. Vigna, 2018, public domain), its state filled from the
 * seed by splitmix32. The same seed gives the same numbers on every machine. Not for secrets.
 */
export function seededRandom(seed: number): RandomBelow {
  return scaled(xoshiro128(splitMix(seed)))
}

/** The generator itself, from a state that is not all zero: 32-bit words. */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state
  return () => {
    const starred = Math.imul(b, 5)
    const word = Math.imul((starred << 7) | (starred >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return word >>> 0
  }
}

// A product, not a remainder: no number is more than 2^-32 likelier than another by more than bound / 2^32.
const scaled = (next: () => number): RandomBelow => {
  return (bound) => Math.floor((next() / 2 ** 32) * bound)
}

function splitMix(seed: number): [number, number, number, number] {
  let state = seed | 0
  const next = () => {
    state = (state + 0x9e3779b9) | 0
    let word = state ^ (state >>> 16)
    word = Math.imul(word, 0x21f0aaad)
    word ^= word >>> 15
    word = Math.imul(word, 0x735a2d97)
    return (word ^ (word >>> 15)) | 0
  }
  return [next(), next(), next(), next() || 1]
}
