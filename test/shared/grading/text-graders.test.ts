import { describe, expect, it } from 'vitest'
import { correct } from './graded.ts'

describe('exact', () => {
  it('compares after NFKC and folding of white space', () => {
    expect(correct({ kind: 'exact', expected: 'New York' }, '  Ｎｅｗ \n York ')).toBe(true)
    expect(correct({ kind: 'exact', expected: 'New York' }, 'New York.')).toBe(false)
    expect(correct({ kind: 'exact', expected: 'Yes' }, 'yes')).toBe(false)
    expect(correct({ kind: 'exact', expected: 'Yes', ignoreCase: true }, 'yes')).toBe(true)
    expect(correct({ kind: 'exact', expected: ['no', 'yes'] }, 'yes')).toBe(true)
    expect(
      correct(
        { kind: 'exact', expected: '我是ChatGPT，由OpenAI训练的语言模型。' },
        '我是ChatGPT，由OpenAI训练的语言模型。\n',
      ),
    ).toBe(true)
  })
})

describe('contains', () => {
  it('asks for all, any and none', () => {
    expect(correct({ kind: 'contains', all: ['red', 'blue'] }, 'blue and red')).toBe(true)
    expect(correct({ kind: 'contains', all: ['red', 'blue'] }, 'blue')).toBe(false)
    expect(correct({ kind: 'contains', any: ['red', 'blue'] }, 'a blue one')).toBe(true)
    expect(correct({ kind: 'contains', any: ['red', 'blue'] }, 'Blue')).toBe(false)
    expect(correct({ kind: 'contains', any: ['red', 'blue'], ignoreCase: true }, 'Blue')).toBe(true)
    expect(correct({ kind: 'contains', all: ['red'], none: ['blue'] }, 'red, blue')).toBe(false)
    expect(correct({ kind: 'contains', all: ['是Al。'] }, '符号是Al。')).toBe(true)
    expect(correct({ kind: 'contains', all: ['amber, blue'] }, 'The lights are amber,\nblue')).toBe(true)
  })
})

describe('regex', () => {
  it('uses RE2 syntax and its flags', () => {
    expect(correct({ kind: 'regex', pattern: '^\\d{4}-\\d{2}-\\d{2}$', flags: 'm' }, 'The day:\n2024-02-29')).toBe(true)
    expect(correct({ kind: 'regex', pattern: 'yes', flags: 'i' }, 'YES')).toBe(true)
    expect(correct({ kind: 'regex', pattern: 'yes', negate: true }, 'YES')).toBe(true)
    expect(correct({ kind: 'regex', pattern: 'a.b', flags: 's' }, 'a\nb')).toBe(true)
    expect(correct({ kind: 'regex', pattern: '\\p{Han}' }, '四')).toBe(true)
    expect(correct({ kind: 'regex', pattern: '(?=a)' }, 'a')).toMatch(/pattern cannot be used/)
  })

  it('answers at once where a backtracking engine never would', () => {
    expect(correct({ kind: 'regex', pattern: '^(a+)+$' }, `${'a'.repeat(20_000)}!`)).toBe(false)
    expect(correct({ kind: 'regex', pattern: '(x|x)*(x|x)*y' }, 'x'.repeat(20_000))).toBe(false)
  })
})
