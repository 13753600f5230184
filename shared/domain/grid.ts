import type { Outcome } from './label.ts'
import type { Cell } from './run.ts'
import { outcomes } from './words.ts'

/**
 * What a square of the grid says of its cell. `ungraded`: done, without a grader or not gradable. `cut-…`: the
 * token budget ran out before it was right.
 */
export type GridState = 'pending' | 'error' | 'ungraded' | 'wrong' | 'correct' | 'cut-wrong' | 'cut-ungraded'

/** By code: the place in this list is what is stored in a byte, so it only ever grows at its end. */
export const gridStates = [
  'pending',
  'error',
  'ungraded',
  'wrong',
  'correct',
  'cut-wrong',
  'cut-ungraded',
] as const satisfies readonly GridState[]

export interface GridCell {
  readonly state: GridState
  /** Null where the cell has no label. */
  readonly outcome: Outcome | null
  readonly needsReview: boolean
}

const outcomeShift = 3
const outcomeMask = 0b1111
const stateMask = 0b111
const reviewBit = 0b1000_0000

/**
 * A cell as one byte: bits 0 to 2 the state (place in `gridStates`), bits 3 to 6 the outcome (0: no label, else its
 * place in `outcomes` plus 1), bit 7 set where it waits for review. A running cell counts as pending.
 */
export function gridCode(cell: Pick<Cell, 'state' | 'correct' | 'endReason' | 'outcome' | 'needsReview'>): number {
  const outcome = cell.outcome === null ? 0 : outcomes.indexOf(cell.outcome) + 1
  return gridStates.indexOf(gridState(cell)) | (outcome << outcomeShift) | (cell.needsReview ? reviewBit : 0)
}

function gridState({ state, correct, endReason }: Pick<Cell, 'state' | 'correct' | 'endReason'>): GridState {
  if (state === 'error') return 'error'
  if (state !== 'done') return 'pending'
  if (correct === true) return 'correct'
  if (endReason === 'length') return correct === null ? 'cut-ungraded' : 'cut-wrong'
  return correct === null ? 'ungraded' : 'wrong'
}

/**
 * The reverse of `gridCode`.
 * @throws RangeError for a byte that `gridCode` never makes
 */
export function readGridCode(code: number): GridCell {
  const state = gridStates[code & stateMask]
  const place = (code >> outcomeShift) & outcomeMask
  const outcome = place === 0 ? null : outcomes[place - 1]
  if (state === undefined || outcome === undefined) throw new RangeError(`not a grid code: ${code}`)
  return { state, outcome, needsReview: (code & reviewBit) !== 0 }
}
