import type { SuiteProblem } from '#shared/domain/suite.ts'
import { plainLine } from './plain-text.ts'
import type { Style } from './style.ts'

const shown = 50

/** `suite.yaml:12:5: message (expected …)`, as editors and compilers print it. */
export function renderProblems(problems: readonly SuiteProblem[], style: Style): string {
  const lines = problems.slice(0, shown).map((problem) => {
    const place = style.title(plainLine(`${problem.file}:${problem.line}:${problem.column}:`))
    const expected = problem.expected === null ? '' : style.dim(` (expected ${plainLine(problem.expected)})`)
    const path = problem.path === '' ? '' : `${plainLine(problem.path)}: `
    return `${place} ${path}${plainLine(problem.message)}${expected}`
  })
  const more = problems.length - shown
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n')
}
