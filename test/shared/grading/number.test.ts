import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readExpected, readNumber, sameNumber } from '#shared/grading/number.ts'

const value = (text: string): number | null => readNumber(text)?.value ?? null

describe('the number an answer ends on', () => {
  it.each<readonly [string, number | null]>([
    ['42', 42],
    ['The sum is 42.', 42],
    ['3 + 4 = 7', 7],
    ['First 12, then 30, in all 42 apples.', 42],
    ['It is 42\n\n', 42],
    ['**42**', 42],
    ['$42', 42],
    ['42km', 42],
    ['等于768。', 768],
    ['答案是４２。', 42],
    ['-5', -5],
    ['x = −5', -5],
    ['x=-5', -5],
    ['–5', -5],
    ['$-5$', -5],
    ['-$5', -5],
    ['10-5', 5],
    ['10 - 5', 5],
    ['pages 5–10', 10],
    ['Room-5', 5],
    ['(3)-5', 5],
    ['0.30', 0.3],
    ['it is .5', 0.5],
    ['-.5', -0.5],
    ['1,234', 1234],
    ['1,234.5', 1234.5],
    ['1,234,567', 1234567],
    ['1.234,5', 1234.5],
    ['1.234.567', 1234567],
    ['1.234', 1.234],
    ['1 234,5', 1234.5],
    ['1 234.5', 1234.5],
    ['1 234 567', 1234567],
    ['1\u202f234', 1234],
    ['1\u00a0234', 1234],
    ["1'234.5", 1234.5],
    ['12,34,567', 1234567],
    ['1{,}234', 1234],
    ['1\\,234', 1234],
    ['3,5', 3.5],
    ['0,125', 0.125],
    ['1234,567', 1234.567],
    ['room 12 100 apples', 100],
    ['1, 2, 3', 3],
    ['1,2,3', 3],
    ['3/4', 0.75],
    ['-3/4', -0.75],
    ['1 3/4', 1.75],
    ['½', 0.5],
    ['1½', 1.5],
    ['\\frac{3}{4}', 0.75],
    ['-\\dfrac{3}{4}', -0.75],
    ['2\\frac{1}{2}', 2.5],
    ['\\frac12', 0.5],
    ['5/0', 0],
    ['on 3/4/2024', 2024],
    ['1.5e3', 1500],
    ['1.5E-3', 0.0015],
    ['1.5 × 10^3', 1500],
    ['1.5 \\times 10^{-3}', 0.0015],
    ['1.5×10⁵', 150000],
    ['-2 x 10^2', -200],
    ['10^3', 1000],
    ['2^{10}', 1024],
    ['42 m²', 42],
    ['42 m^2', 42],
    ['x^2 + 5', 5],
    ['12 of H2O', 12],
    ['Q4_K has 7', 7],
    ['7 in Q4_K', 7],
    ['50%', 50],
    ['50 percent', 50],
    ['12:30', 30],
    ['\\boxed{42} (checked 3 times)', 42],
    ['\\boxed{1} or \\boxed{\\frac{1}{2}}', 0.5],
    ['\\boxed{x = 5} since 5 > 3', 5],
    ['\\boxed{none} but 7', 7],
    ['forty-two', null],
    ['H2O', null],
    ['', null],
  ])('of %j is %j', (text, expected) => {
    expect(value(text)).toBe(expected)
  })

  it('is the number itself for any number in English notation inside a sentence', () => {
    const english = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })
    const words = fc.constantFrom('The answer is ', '= ', 'so there are 3 of 4, thus ', '总共', '(', '$')
    fc.assert(
      fc.property(
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        words,
        fc.constantFrom('.', '', ' km', '。', ')'),
        (n, before, after) => {
          const text = english.format(n)
          const plain = Number(text.replaceAll(',', ''))
          const read = value(`${before}${text}${after}`)
          // === so that -0, which has no notation of its own, equals 0.
          expect(read === plain, `${before}${text}${after} read as ${read}`).toBe(true)
        },
      ),
    )
  })

  it('is a finite number or none in hostile text of any kind, without delay', () => {
    const pieces = [
      '1,111',
      ',',
      '.',
      ' ',
      '1',
      '/',
      '^',
      '\\frac{',
      '\\boxed{',
      '{',
      '}',
      'e',
      '-',
      '10',
      '×',
      '¾',
      '²',
      '\u2009',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), fc.nat(3000), (parts, times) => {
        expect(readNumber(parts.join('').repeat(Math.floor(times / (parts.length + 1))))?.value).not.toBeNaN()
      }),
      { numRuns: 200 },
    )
    for (const piece of pieces) expect(readNumber(piece.repeat(50_000))?.value).not.toBeNaN()
  })
})

describe('an expected number', () => {
  it.each<readonly [number | string, number | null]>([
    [42, 42],
    [-0.5, -0.5],
    [1e300, 1e300],
    ['1,234.5', 1234.5],
    ['3/4', 0.75],
    ['1 3/4', 1.75],
    ['1.5e3', 1500],
    ['-7', -7],
    ['+7', 7],
    ['50%', 50],
    ['7 apples', null],
    ['1 2', null],
    ['seven', null],
  ])('%j reads as %j', (text, expected) => {
    expect(readExpected(text)?.value ?? null).toBe(expected)
  })
})

describe('two numbers', () => {
  const same = (found: string, expected: number | string, tolerance = 0, relativeTolerance = 0): boolean => {
    const [a, b] = [readNumber(found), readExpected(expected)]
    return a !== null && b !== null && sameNumber(a, b, { tolerance, relativeTolerance })
  }

  it('are the same whatever their notation', () => {
    expect(same('1,234.50', 1234.5)).toBe(true)
    expect(same('3/4', 0.75)).toBe(true)
    expect(same('007', 7)).toBe(true)
    expect(same('-0', 0)).toBe(true)
    expect(same('1.5e3', '1,500')).toBe(true)
  })

  it('differ in the last digit even where a double could not tell', () => {
    expect(same('12345678901234567891', '12345678901234567890')).toBe(false)
    expect(same('12345678901234567890', '12345678901234567890')).toBe(true)
  })

  it('are compared within the tolerance, its edge included', () => {
    expect(same('0.4', 0.3, 0.1)).toBe(true)
    expect(same('0.41', 0.3, 0.1)).toBe(false)
    expect(same('102', 100, 0, 0.02)).toBe(true)
    expect(same('103', 100, 0, 0.02)).toBe(false)
    expect(same('-98', -100, 0, 0.02)).toBe(true)
  })
})
