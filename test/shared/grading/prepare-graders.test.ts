import { expect, it } from 'vitest'
import { graderSchema } from '#shared/domain/suite.ts'
import { grade, prepareGraders } from '#shared/grading/grade.ts'

// A file of its own: the library stays loaded for the life of the module.
it('a boxed grader is refused until its library is loaded, which no other grader does', async () => {
  const boxed = graderSchema.parse({ kind: 'boxed', expected: '1' })
  const context = { thinkState: 'normal', endReason: 'stop' } as const
  await prepareGraders([graderSchema.parse({ kind: 'number', expected: 1 }), undefined])
  expect(() => grade(boxed, '\\boxed{1}', context)).toThrow(/prepareGraders/)
  await prepareGraders([boxed])
  expect(grade(boxed, '\\boxed{1}', context)).toMatchObject({ correct: true })
})
