import { describe, expect, it } from 'vitest'
import { gridCode, readGridCode } from '#shared/domain/grid.ts'
import { outcomes } from '#shared/domain/words.ts'

const states = [
  [{ state: 'pending', correct: null, endReason: null }, 'pending'],
  [{ state: 'running', correct: null, endReason: null }, 'pending'],
  [{ state: 'error', correct: null, endReason: 'timeout' }, 'error'],
  [{ state: 'done', correct: null, endReason: 'stop' }, 'ungraded'],
  [{ state: 'done', correct: false, endReason: 'stop' }, 'wrong'],
  [{ state: 'done', correct: true, endReason: 'stop' }, 'correct'],
  [{ state: 'done', correct: true, endReason: 'length' }, 'correct'],
  [{ state: 'done', correct: false, endReason: 'length' }, 'cut-wrong'],
  [{ state: 'done', correct: null, endReason: 'length' }, 'cut-ungraded'],
] as const

describe('a grid code', () => {
  it('is one byte for every state, outcome and review, and reads back as what it was made of', () => {
    const seen = new Set<number>()
    for (const [cell, state] of states) {
      for (const outcome of [null, ...outcomes]) {
        for (const needsReview of [false, true]) {
          const code = gridCode({ ...cell, outcome, needsReview })
          expect(Uint8Array.of(code)[0]).toBe(code)
          expect(readGridCode(code)).toEqual({ state, outcome, needsReview })
          seen.add(code)
        }
      }
    }
    expect(seen.size).toBe(7 * (outcomes.length + 1) * 2)
  })

  it('is 0 for a cell that has not run, so that a fresh grid is all zeros', () => {
    expect(gridCode({ state: 'pending', correct: null, endReason: null, outcome: null, needsReview: false })).toBe(0)
  })

  it('keeps its numbers: pages and stored grids of another version read the same', () => {
    expect(gridCode({ state: 'done', correct: true, endReason: 'stop', outcome: 'complied', needsReview: true })).toBe(
      0b1000_1100,
    )
    expect(gridCode({ state: 'error', correct: null, endReason: 'failed', outcome: 'none', needsReview: false })).toBe(
      0b0100_0001,
    )
  })

  it.each([7, 0b0111_1000, 0b0100_1000 | 7])('%d is refused: no cell has it', (code) => {
    expect(() => readGridCode(code)).toThrow(RangeError)
  })
})
