import type { Grader } from '../domain/suite.ts'
import { schemaProblem } from './json-answer.ts'
import { compilePattern } from './linear-pattern.ts'
import { readExpected } from './number.ts'

/** What is wrong with a grader that its types cannot say. `path` is relative to the grader. */
export interface GraderProblem {
  readonly path: readonly string[]
  readonly message: string
  readonly expected: string
}

/** Finds a grader that could never grade, before a run is spent on it. Null where it is sound. */
export function graderProblem(grader: Grader): GraderProblem | null {
  switch (grader.kind) {
    case 'number':
      if (readExpected(grader.expected) !== null) return null
      return {
        path: ['expected'],
        message: `"${grader.expected}" is not a number`,
        expected: 'a number such as 1,234.5, 3/4 or 1.5e3',
      }
    case 'contains':
      if (grader.all ?? grader.any ?? grader.none) return null
      return { path: [], message: 'a contains grader without texts accepts everything', expected: 'all, any or none' }
    case 'choice':
      return choiceProblem(grader.expected, grader.options ?? [])
    case 'regex':
      return patternProblem(grader.pattern, grader.flags)
    case 'json-schema': {
      const message = schemaProblem(grader.schema)
      return message === null ? null : { path: ['schema'], message, expected: 'a JSON Schema (2020-12)' }
    }
    default:
      return null
  }
}

function choiceProblem(expected: string, options: readonly string[]): GraderProblem | null {
  if (options.length === 0) return null
  const letter = expected.length === 1 ? expected.toUpperCase().charCodeAt(0) - 65 : -1
  const isListed = options.some((option) => option.toLowerCase() === expected.toLowerCase())
  if (isListed || (letter >= 0 && letter < options.length)) return null
  return { path: ['expected'], message: `"${expected}" is none of the options`, expected: 'an option, or its letter' }
}

function patternProblem(pattern: string, flags: string): GraderProblem | null {
  try {
    compilePattern(pattern, flags)
    return null
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { path: ['pattern'], message: error.message, expected: 'RE2 syntax: no look-around, no back-references' }
  }
}
