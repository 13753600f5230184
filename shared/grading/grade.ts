import { assertNever } from '../domain/assert-never.ts'
import type { Grade } from '../domain/run.ts'
import type { Grader } from '../domain/suite.ts'
import type { EndReason, ThinkState } from '../domain/trace.ts'
import { gradeChoice } from './choice.ts'
import { readJson, satisfies } from './json-answer.ts'
import { compilePattern } from './linear-pattern.ts'
import { loadMathematics, type Mathematics } from './mathematics.ts'
import { lastBoxed, normalise, withoutLeakedThinking } from './normalise.ts'
import { readExpected, readNumber, sameNumber } from './number.ts'

/** Changes whenever the same answer could be graded differently. Stored with every grade. */
export const gradingVersion = 'grade-1'

/** How the generation went: whether there is an answer at all depends on it. */
export interface GradeContext {
  readonly thinkState: ThinkState
  readonly endReason: EndReason
}

// The loaded library, as the module cache would hold it if an import could be both lazy and synchronous.
let mathematics: Mathematics | null = null

/**
 * Loads what these graders need: nothing for most, the mathematics library (a quarter of a second) for `boxed`.
 * To be awaited before the first `grade` of a run or a regrade; afterwards it costs nothing.
 */
export async function prepareGraders(graders: Iterable<Grader | undefined>): Promise<void> {
  for (const grader of graders) if (grader?.kind === 'boxed') mathematics ??= await loadMathematics()
}

/**
 * Grades one answer: the text of the split's answer, never the thinking. The same input gives the same grade.
 *
 * No answer is not a wrong answer: thinking that was never closed, or a generation that was cut before the answer began
 * or from outside while it ran, is ungradable. An answer that the model itself left empty is wrong.
 * `found` is what was read from the answer and compared; null where nothing was.
 * @throws Error for a `boxed` grader that was not prepared, which is a mistake of the caller
 */
export function grade(grader: Grader, answer: string, context: GradeContext): Grade {
  const { thinkState, endReason } = context
  if (thinkState === 'unclosed' || thinkState === 'budget-cut')
    return ungradable('no answer: the thinking was never closed')
  if (endReason === 'cancelled' || endReason === 'timeout' || endReason === 'failed') {
    return ungradable(`the generation was cut from outside (${endReason})`)
  }
  const text = thinkState === 'leaked' ? withoutLeakedThinking(answer) : answer
  if (text.trim() === '') {
    return endReason === 'stop' ? graded(false, null) : ungradable('no answer: the generation was cut before it began')
  }
  return decide(grader, text)
}

function decide(grader: Grader, answer: string): Grade {
  switch (grader.kind) {
    case 'exact':
      return gradeExact(grader, answer)
    case 'number':
      return gradeNumber(grader, answer)
    case 'choice': {
      const { correct, found } = gradeChoice(answer, { expected: grader.expected, options: grader.options ?? [] })
      return graded(correct, found)
    }
    case 'contains':
      return gradeContains(grader, answer)
    case 'regex':
      return gradeRegex(grader, answer)
    case 'json-schema':
      return gradeJson(grader, answer)
    case 'boxed':
      return gradeBoxed(grader, answer)
    case 'judge':
      return ungradable('waits for the judge')
    default:
      return assertNever(grader)
  }
}

type Of<Kind extends Grader['kind']> = Extract<Grader, { kind: Kind }>

function gradeExact(grader: Of<'exact'>, answer: string): Grade {
  const fold = folding(grader.ignoreCase)
  const found = normalise(answer)
  const expected = typeof grader.expected === 'string' ? [grader.expected] : grader.expected
  return graded(
    expected.some((text) => fold(text) === fold(answer)),
    found,
  )
}

function gradeNumber(grader: Of<'number'>, answer: string): Grade {
  const expected = readExpected(grader.expected)
  if (expected === null) return ungradable(`the expected value is not a number: ${grader.expected}`)
  const found = readNumber(answer)
  return graded(found !== null && sameNumber(found, expected, grader), found?.text ?? null)
}

function gradeContains(grader: Of<'contains'>, answer: string): Grade {
  const fold = folding(grader.ignoreCase)
  const text = fold(answer)
  const isIn = (part: string): boolean => text.includes(fold(part))
  const all = grader.all ?? []
  const any = grader.any ?? []
  const banned = (grader.none ?? []).find(isIn)
  const found = [...all, ...any].find(isIn) ?? null
  const correct = all.every(isIn) && (any.length === 0 || any.some(isIn)) && banned === undefined
  return graded(correct, banned ?? found)
}

function gradeRegex(grader: Of<'regex'>, answer: string): Grade {
  try {
    const matches = compilePattern(grader.pattern, grader.flags)(answer)
    return graded(matches !== grader.negate, null)
  } catch (error) {
    return unusable('pattern', error)
  }
}

function gradeJson(grader: Of<'json-schema'>, answer: string): Grade {
  const json = readJson(answer)
  if (json === null) return graded(false, null)
  try {
    return graded(satisfies(json.value, grader.schema), json.text)
  } catch (error) {
    return unusable('JSON Schema', error)
  }
}

function gradeBoxed(grader: Of<'boxed'>, answer: string): Grade {
  if (mathematics === null) throw new Error('prepareGraders was not called with this boxed grader')
  const found = lastBoxed(answer)
  if (found === null) return graded(false, null)
  return graded(mathematics.equal(found, grader.expected) === true, found)
}

const folding =
  (ignoreCase: boolean) =>
  (text: string): string =>
    ignoreCase ? normalise(text).toLowerCase() : normalise(text)

const graded = (correct: boolean, found: string | null): Grade => ({
  kind: 'graded',
  correct,
  found: found === null ? null : found.slice(0, 1000),
  version: gradingVersion,
})

const ungradable = (reason: string): Grade => ({ kind: 'ungradable', reason, version: gradingVersion })

function unusable(what: string, error: unknown): Grade {
  if (!(error instanceof RangeError)) throw error
  return ungradable(`the grader's ${what} cannot be used: ${error.message}`)
}
