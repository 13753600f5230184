import { describe, expect, it } from 'vitest'
import { chooseOffered, type OfferedType } from '../../../renderer/screens/variants/offered-type.ts'

const offered = (type: string, more: Partial<OfferedType> = {}) =>
  ({ type, exists: false, refusal: null, ...more }) as OfferedType
const types = [
  offered('Q8_0'),
  offered('F8_E4M3', { refusal: 'not of this one' }),
  offered('Q6_K', { exists: true }),
  offered('Q4_K_M'),
]
const choice = (asked: string, known: readonly string[]) => chooseOffered(types, asked, new Set(known))?.type

describe('the precision that is offered first', () => {
  it('is the finest that is not there yet, in the lab’s folder or elsewhere', () => {
    expect(choice('yes', [])).toBe('Q8_0')
    expect(choice('yes', ['Q8_0'])).toBe('Q4_K_M')
  })

  it('is the one that was asked for, there or not', () => {
    expect(choice('Q6_K', [])).toBe('Q6_K')
  })

  it('is one that can be made a second time where all are there, and none where none can', () => {
    expect(choice('yes', ['Q8_0', 'Q4_K_M'])).toBe('Q8_0')
    expect(chooseOffered([offered('Q6_K', { exists: true })], 'yes', new Set())).toBeNull()
  })
})
