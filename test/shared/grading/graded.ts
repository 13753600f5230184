import { graderSchema } from '#shared/domain/suite.ts'
import { grade } from '#shared/grading/grade.ts'

/** A text that the model ended by itself, its thinking closed. */
export const normal = { thinkState: 'normal', endReason: 'stop' } as const

/** Whether the grader finds the answer right; the reason where it cannot be graded. */
export function correct(input: unknown, answer: string): boolean | string {
  const result = grade(graderSchema.parse(input), answer, normal)
  return result.kind === 'graded' ? result.correct : result.reason
}
