import { beforeAll, describe, expect, it } from 'vitest'
import { graderSchema, type Grader } from '#shared/domain/suite.ts'
import type { EndReason, ThinkState } from '#shared/domain/trace.ts'
import { grade, gradingVersion, prepareGraders } from '#shared/grading/grade.ts'
import { graderProblem } from '#shared/grading/grader-problem.ts'

const normal = { thinkState: 'normal', endReason: 'stop' } as const

function correct(input: unknown, answer: string): boolean | string {
  const result = grade(graderSchema.parse(input), answer, normal)
  return result.kind === 'graded' ? result.correct : result.reason
}

describe('what is graded at all', () => {
  const seven = graderSchema.parse({ kind: 'number', expected: 7 })
  const none = graderSchema.parse({ kind: 'contains', none: ['sorry'] })
  const outcome = (grader: Grader, answer: string, thinkState: ThinkState, endReason: EndReason) =>
    grade(grader, answer, { thinkState, endReason })

  it.each<readonly [string, ThinkState, EndReason]>([
    ['', 'unclosed', 'stop'],
    ['7', 'unclosed', 'stop'],
    ['', 'budget-cut', 'length'],
    ['', 'normal', 'length'],
    ['  ', 'absent', 'repetition'],
    ['7', 'normal', 'cancelled'],
    ['7', 'absent', 'timeout'],
    ['7', 'normal', 'failed'],
  ])('leaves %j out of the count when %s and %s', (answer, thinkState, endReason) => {
    expect(outcome(seven, answer, thinkState, endReason).kind).toBe('ungradable')
    expect(outcome(none, answer, thinkState, endReason).kind).toBe('ungradable')
  })

  it('calls an answer wrong that the model itself left empty, even where nothing was forbidden', () => {
    expect(outcome(seven, ' \n', 'normal', 'stop')).toMatchObject({ kind: 'graded', correct: false, found: null })
    expect(outcome(none, '', 'skipped', 'stop')).toMatchObject({ kind: 'graded', correct: false })
  })

  it('grades what there is of an answer that used up its budget or ran into a loop', () => {
    expect(outcome(seven, 'It is 7', 'normal', 'length')).toMatchObject({ correct: true })
    expect(outcome(seven, 'It is 8 8 8 8', 'absent', 'repetition')).toMatchObject({ correct: false })
  })

  it('never grades thinking that leaked into the answer', () => {
    const leaked = (answer: string, endReason: EndReason = 'stop') => outcome(seven, answer, 'leaked', endReason)
    expect(leaked('It is 8. <think>7, no</think>')).toMatchObject({ correct: false, found: '8' })
    expect(leaked('It is 7. <think>8, no')).toMatchObject({ correct: true })
    expect(leaked('8 <think>9</think> 8</think> 7')).toMatchObject({ correct: true })
    expect(leaked('<think>7')).toMatchObject({ kind: 'graded', correct: false, found: null })
    expect(leaked('<think>7', 'length').kind).toBe('ungradable')
  })

  it('leaves a judge its turn', () => {
    const judge = graderSchema.parse({ kind: 'judge', criterion: 'is polite' })
    expect(outcome(judge, 'Hello', 'normal', 'stop')).toMatchObject({
      kind: 'ungradable',
      reason: 'waits for the judge',
    })
    expect(outcome(judge, '', 'unclosed', 'stop')).not.toMatchObject({ reason: 'waits for the judge' })
  })

  it('carries the version of the graders in every grade', () => {
    expect(outcome(seven, '7', 'normal', 'stop').version).toBe(gradingVersion)
    expect(outcome(seven, '7', 'unclosed', 'stop').version).toBe(gradingVersion)
  })
})

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

describe('json-schema', () => {
  const city = {
    type: 'object',
    properties: { name: { type: 'string', pattern: '^[A-Z]' }, size: { type: 'integer' } },
    required: ['name'],
  }
  const grader = { kind: 'json-schema', schema: city }

  it('takes the answer or its last fenced block', () => {
    expect(correct(grader, '{"name": "Rome", "size": 3}')).toBe(true)
    expect(correct(grader, 'First:\n```json\n{"name": 1}\n```\nBetter:\n```json\n{"name": "Rome"}\n```\nDone.')).toBe(
      true,
    )
    expect(correct(grader, '```\n{"name": "rome"}\n```')).toBe(false)
    expect(correct(grader, '{"size": 3}')).toBe(false)
    expect(correct(grader, 'Rome')).toBe(false)
  })

  it('means the same by pattern and patternProperties as the standard, in linear time', () => {
    const byName = {
      kind: 'json-schema',
      schema: { type: 'object', patternProperties: { '^n_': { type: 'number' } }, additionalProperties: false },
    }
    expect(correct(byName, '{"n_a": 1}')).toBe(true)
    expect(correct(byName, '{"n_a": "1"}')).toBe(false)
    expect(correct(byName, '{"a": 1}')).toBe(false)
    expect(correct({ kind: 'json-schema', schema: { propertyNames: { pattern: '^a' } } }, '{"ab": 1}')).toBe(true)
    expect(correct({ kind: 'json-schema', schema: { propertyNames: { pattern: '^a' } } }, '{"ba": 1}')).toBe(false)
    expect(
      correct({ kind: 'json-schema', schema: { properties: { pattern: { type: 'string' } } } }, '{"pattern": "x"}'),
    ).toBe(true)
    expect(correct({ kind: 'json-schema', schema: { pattern: '^a' } }, '7')).toBe(true)
    expect(correct({ kind: 'json-schema', schema: { pattern: '^(a+)+$' } }, `"${'a'.repeat(20_000)}!"`)).toBe(false)
  })

  it('gives up on schemas that fan out for ever instead of running for ever', () => {
    const defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => [
        `l${level}`,
        { anyOf: [{ $ref: `#/$defs/l${level + 1}` }, { $ref: `#/$defs/l${level + 1}` }] },
      ]),
    )
    const laughs = { $ref: '#/$defs/l0', $defs: { ...defs, l40: { type: 'null' } } }
    expect(correct({ kind: 'json-schema', schema: laughs }, '1')).toMatch(/too long/)
    expect(correct({ kind: 'json-schema', schema: { $ref: '#' } }, '1')).toMatch(/cannot be used/)
    expect(correct({ kind: 'json-schema', schema: {} }, '['.repeat(60_000))).toBe(false)
  })

  it('names an unresolved reference and a bad pattern before any run', () => {
    expect(graderProblem(graderSchema.parse({ kind: 'json-schema', schema: { $ref: '#/$defs/x' } }))?.message).toMatch(
      /x/,
    )
    expect(graderProblem(graderSchema.parse({ kind: 'json-schema', schema: { pattern: '(' } }))).not.toBeNull()
    expect(graderProblem(graderSchema.parse(grader))).toBeNull()
  })
})

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

describe('a grader that could never grade', () => {
  it.each([
    [{ kind: 'number', expected: 'seven' }, 'expected'],
    [{ kind: 'contains' }, ''],
    [{ kind: 'choice', expected: 'D', options: ['x', 'y'] }, 'expected'],
    [{ kind: 'regex', pattern: '(?<=a)b' }, 'pattern'],
    [{ kind: 'regex', pattern: 'a', flags: 'q' }, 'pattern'],
    [{ kind: 'regex', pattern: 'a'.repeat(3000) }, 'pattern'],
  ])('%j is named with its place', (input, place) => {
    expect(graderProblem(graderSchema.parse(input))?.path.join('.')).toBe(place)
  })
})
