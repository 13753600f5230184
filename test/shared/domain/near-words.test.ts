import { expect, it } from 'vitest'
import { didYouMean, nearWords } from '#shared/domain/near-words.ts'

const verbs = ['run', 'runs', 'refusals', 'regrade', 'suites']

it('names the closest first, and nothing that is far', () => {
  expect(nearWords('runn', verbs)).toEqual(['run', 'runs'])
  expect(nearWords('SUITS', verbs)).toEqual(['suites'])
  expect(nearWords('quick', ['specimen-quick', 'other'])).toEqual(['specimen-quick'])
  expect(nearWords('zebra', verbs)).toEqual([])
})

it('asks whether it was meant, or says nothing', () => {
  expect(didYouMean('refusal', verbs)).toBe('Did you mean refusals?')
  expect(didYouMean('zebra', verbs)).toBeNull()
})
