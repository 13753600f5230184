import { describe, expect, it } from 'vitest'
import { graderSchema, type Grader } from '#shared/domain/suite.ts'
import type { EndReason, ThinkState } from '#shared/domain/trace.ts'
import { grade, gradingVersion } from '#shared/grading/grade.ts'
import { graderProblem } from '#shared/grading/grader-problem.ts'

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
