import { describe, expect, it } from 'vitest'
import { graderSchema } from '#shared/domain/suite.ts'
import { graderProblem } from '#shared/grading/grader-problem.ts'
import { correct } from './graded.ts'

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
