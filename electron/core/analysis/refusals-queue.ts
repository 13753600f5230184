import { seededRandom } from '#shared/stats/random.ts'

/**
 * The order in which a person is asked: the same whenever it is asked for, whatever was decided meanwhile, and telling nothing of
 * variant, topic or role. What was put off comes last, in the order in which it was put off.
 */
export function reviewOrder(cells: readonly number[], later: readonly number[]): readonly number[] {
  const putOff = new Set(later)
  const waiting = new Set(cells)
  const shuffled = cells
    .filter((cell) => !putOff.has(cell))
    .map((cell) => ({ cell, place: seededRandom(cell)(2 ** 32) }))
    .toSorted((a, b) => a.place - b.place || a.cell - b.cell)
    .map(({ cell }) => cell)
  return [...shuffled, ...later.filter((cell) => waiting.has(cell))]
}
