import { describe, expect, it } from 'vitest'
import { correct } from './graded.ts'

describe('choice', () => {
  const letters = { kind: 'choice', expected: 'B' }
  it.each([
    'B',
    'b',
    '(b)',
    'B.',
    '**B**',
    'The answer is B',
    'The answer is: (B).',
    'Answer: B',
    '\\boxed{B}',
    '\\boxed{\\text{B}}',
    'A is wrong because of X.\n\n**Answer: B**',
    'B) Paris',
    'B. Paris, because A and C are not capitals.',
    '答案是B',
    'Let me see.\nB',
    'The answer is A? No: the answer is B.',
    'So the correct option is B, as A fails.',
  ])('reads B from %j', (answer) => {
    expect(correct(letters, answer)).toBe(true)
  })
  it.each([
    'A',
    'C.',
    'The answer is A, not B',
    'Because',
    'Both A and B',
    'The answer is not B',
    'Bananas',
    'A or B',
    '',
  ])('does not read B from %j', (answer) => {
    expect(correct(letters, answer)).toBe(false)
  })

  const days = ['Monday', 'Tuesday', 'Wednesday']
  it('takes an option by its text, its letter, or as the only one named', () => {
    const grader = { kind: 'choice', expected: 'Tuesday', options: days }
    expect(correct(grader, 'Tuesday.')).toBe(true)
    expect(correct(grader, 'It will be a tuesday then.')).toBe(true)
    expect(correct(grader, 'B')).toBe(true)
    expect(correct(grader, 'From Monday on we count to Wednesday.\nTuesday')).toBe(true)
    expect(correct(grader, 'Starting on Monday, the answer is Tuesday.')).toBe(true)
    expect(correct(grader, 'Monday, Tuesday')).toBe(false)
    expect(correct(grader, 'Tuesdays are fine')).toBe(false)
    expect(correct({ kind: 'choice', expected: 'B', options: days }, 'Tuesday')).toBe(true)
    expect(correct({ kind: 'choice', expected: '星期二', options: ['星期一', '星期二'] }, '那天是星期二。')).toBe(true)
  })

  it('without options wants the word alone or stated, its final full stop ignored', () => {
    const lena = { kind: 'choice', expected: 'Lena' }
    expect(correct(lena, 'Lena.')).toBe(true)
    expect(correct(lena, 'The answer is Lena.')).toBe(true)
    expect(correct(lena, 'Kurt is older than Lena.')).toBe(false)
    expect(correct(lena, 'Lenard')).toBe(false)
  })
})
