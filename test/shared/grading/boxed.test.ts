import { beforeAll, describe, expect, it } from 'vitest'
import { graderSchema } from '#shared/domain/suite.ts'
import { grade, prepareGraders } from '#shared/grading/grade.ts'
import { normal } from './graded.ts'

describe('boxed', () => {
  const boxed = (expected: string) => graderSchema.parse({ kind: 'boxed', expected })
  beforeAll(() => prepareGraders([boxed('1')]))
  const equal = (found: string, expected: string): boolean | string => {
    const result = grade(boxed(expected), `So it is $\\boxed{${found}}$.`, normal)
    return result.kind === 'graded' ? result.correct : result.reason
  }

  it.each([
    ['\\frac{1}{2}', '0.5'],
    ['\\dfrac{3}{4}', '\\frac{6}{8}'],
    ['2\\sqrt{2}', '\\sqrt{8}'],
    ['x^2+2x+1', '(x+1)^2'],
    ['\\sin^2 x+\\cos^2 x', '1'],
    ['1{,}234', '1234'],
    ['1,234', '1234'],
    ['1,234,567.5', '1234567.5'],
    ['x=5', '5'],
    ['x = 5', 'x=5'],
    ['x+1=3', 'x=2'],
    ['e^{i\\pi}', '-1'],
    ['2^{10}', '1024'],
    ['90^\\circ', '90'],
    ['12\\text{ cm}', '12'],
    ['50\\%', '50'],
    ['\\text{Paris}', 'Paris'],
    ['(1,2)', '(1, 2)'],
    ['\\{2,1\\}', '\\{1,2\\}'],
    ['\\frac{x^2-1}{x-1}', 'x+1'],
    ['b+a', 'a+b'],
    ['5!', '120'],
    ['\\left(\\frac{1}{3}\\right)^{-1}', '3'],
    ['\\log_2 8', '3'],
    ['-\\frac12', '-0.5'],
  ])('holds %s equal to %s', (found, expected) => {
    expect(equal(found, expected)).toBe(true)
    expect(equal(expected, found)).toBe(true)
  })

  it.each([
    ['\\pi', '3.14159'],
    ['\\sqrt{2}', '1.41421356'],
    ['0.33', '\\frac13'],
    ['x+1', 'x'],
    ['(1,2)', '(2,1)'],
    ['x=5', 'x=6'],
    ['x=5', 'y=6'],
    ['\\{1,2\\}', '\\{1,3\\}'],
    ['[0,1)', '[0,1]'],
    ['Rome', 'Paris'],
    ['-1', '1'],
    ['', '1'],
    ['\\infty', '-\\infty'],
  ])('holds %s different from %s', (found, expected) => {
    expect(equal(found, expected)).toBe(false)
  })

  it('wants a box, and takes the last', () => {
    expect(grade(boxed('5'), 'It is 5.', normal)).toMatchObject({ correct: false, found: null })
    expect(grade(boxed('5'), '\\boxed{4}, or rather \\boxed{5}, not \\boxed{6', normal)).toMatchObject({
      correct: true,
    })
  })

  it.each([
    '9^{9^{9^{9}}}',
    '9^{9^9}',
    '\\sum_{n=1}^{1000000000} n',
    '(9^9)^{(9^9)}',
    '100000!',
    '5!!!!!!',
    '\\prod_{k=1}^{10^9} k',
    '\\int_0^1 x^x dx',
    'e^{e^{e^{9}}}',
    '\\binom{100000}{50000}',
    '('.repeat(100_000),
    '{'.repeat(50_000),
    '\\frac{'.repeat(40),
    '|'.repeat(299),
    `${'x^'.repeat(100)}2`,
    '9'.repeat(299),
    '10^{99999999}',
    '\\sqrt[99999999]{2}',
  ])('is done at once with %s', (hostile) => {
    expect(grade(boxed('1'), `\\boxed{${hostile}}`, normal)).not.toMatchObject({ correct: true })
    expect(grade(boxed(hostile), '\\boxed{1}', normal)).not.toMatchObject({ correct: true })
  })
})
