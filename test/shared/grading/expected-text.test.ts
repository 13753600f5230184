import { describe, expect, it } from 'vitest'
import { graderSchema } from '#shared/domain/suite.ts'
import { expectedText } from '#shared/grading/expected-text.ts'

describe('expectedText', () => {
  it.each([
    [{ kind: 'exact', expected: 'Lisbon' }, 'Lisbon'],
    [{ kind: 'exact', expected: ['Lisbon', 'Lisboa'] }, 'Lisbon or Lisboa'],
    [{ kind: 'number', expected: 41.5 }, '41.5'],
    [{ kind: 'choice', expected: 'B' }, 'B'],
    [{ kind: 'boxed', expected: '\\frac{1}{2}' }, '\\frac{1}{2}'],
    [{ kind: 'contains', all: ['red', 'blue'] }, 'red and blue'],
    [{ kind: 'contains', any: ['red', 'blue'], none: ['green'] }, 'red or blue; not green'],
    [{ kind: 'regex', pattern: '^a+$', flags: 'i' }, '/^a+$/i'],
    [{ kind: 'regex', pattern: 'sorry', negate: true }, 'not /sorry/'],
    [{ kind: 'json-schema', schema: { type: 'object' } }, 'JSON of its schema'],
    [{ kind: 'judge', criterion: 'Says why.' }, 'Says why.'],
  ])('says what %j asks for', (grader, text) => {
    expect(expectedText(graderSchema.parse(grader))).toBe(text)
  })

  it('says nothing where there is no grader', () => {
    expect(expectedText(undefined)).toBeNull()
  })
})
