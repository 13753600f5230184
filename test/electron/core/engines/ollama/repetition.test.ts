import { describe, expect, it } from 'vitest'
import { createRepetitionCounter } from '#core/engines/ollama/repetition.ts'

describe('repeats are counted as Ollama counts them', () => {
  const count = (pieces: readonly string[]) => {
    const counter = createRepetitionCounter()
    for (const piece of pieces) counter.push(piece)
    return counter.isAtLimit()
  }

  it('31 equal pieces are what is left of a text that was cut, 30 are not', () => {
    expect(count(Array.from({ length: 31 }, () => '0'))).toBe(true)
    expect(count(Array.from({ length: 30 }, () => '0'))).toBe(false)
  })

  it('white space around a piece does not count, and white space alone is equal to itself', () => {
    expect(count(Array.from({ length: 31 }, (_, index) => (index % 2 === 0 ? ' a' : 'a\n')))).toBe(true)
    expect(count(Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? ' ' : '\n\n')))).toBe(true)
  })

  it('another piece starts the count again', () => {
    expect(count([...Array.from({ length: 31 }, () => '0'), '1'])).toBe(false)
  })
})
