import type { Prompt } from '#shared/domain/suite.ts'
import { graderProblem } from '#shared/grading/grader-problem.ts'
import { checkFacts } from '#shared/refusals/judge-probe.ts'
import type { ExpandedPrompt } from './expand.ts'
import type { DocumentPath, Fault } from './read/source.ts'

/** A prompt in canonical form, and what it was made from. */
export interface BuiltPrompt {
  readonly prompt: Prompt
  readonly from: ExpandedPrompt
}

/** What types cannot say of prompts: answers that are missing, graders and facts that could never be used. */
export function promptFaults(prompts: readonly BuiltPrompt[], isTable: boolean): readonly Fault[] {
  return [...missingAnswers(prompts, isTable), ...graderFaults(prompts), ...factFaults(prompts)]
}

/** A fault in an expanded prompt stands where its authored prompt stands. */
export function atOrigin(fault: Fault, prompts: readonly ExpandedPrompt[]): Fault {
  const [head, index, ...rest] = fault.path
  if (head !== 'prompts' || typeof index !== 'number') return fault
  const from = prompts[index]
  if (from === undefined) return fault
  const path = pathIn(from, rest)
  // Several right answers stand in a grader only.
  return {
    ...fault,
    path,
    expected: path[2] === 'expected' ? (fault.expected?.replace(' or a list', '') ?? null) : fault.expected,
  }
}

/** A place in a prompt. What is right may stand beside the grader that it belongs to. */
function pathIn({ origin, isBeside }: ExpandedPrompt, rest: DocumentPath): DocumentPath {
  const [field, name] = rest
  const isAnswer = field === 'grader' && (name === 'expected' || name === 'all')
  return ['prompts', origin, ...(isBeside && isAnswer ? ['expected'] : rest)]
}

/** A prompt that nothing grades would be run and counted nowhere: it has to say that this is meant. */
function missingAnswers(prompts: readonly BuiltPrompt[], isTable: boolean): readonly Fault[] {
  const missing = prompts.filter(
    ({ prompt: { grader, probe }, from }) => grader === undefined && probe === undefined && !from.ungraded,
  )
  return [...new Set(missing.map(({ from }) => from.origin))].map((origin) => answerFault(origin, isTable))
}

export const answerFault = (origin: number, isTable: boolean): Fault => ({
  path: ['prompts', origin],
  message: 'the prompt has no answer',
  expected: isTable
    ? 'one in this cell; or a column grader with none, where the prompt is only asked'
    : 'expected or grader; or ungraded: true, where it is only asked',
})

interface Named {
  readonly id: string
  readonly origin: number
}

/** Ids that are given twice or that no store can keep; also those of prompts that are wrong in something else. */
export function idFaults(data: unknown, prompts: readonly ExpandedPrompt[]): readonly Fault[] {
  const expanded = prompts.map(({ prompt, origin }): Named => ({ id: String(prompt['id']), origin }))
  const known = new Set(expanded.map(({ origin }) => origin))
  const named = [...expanded, ...writtenIds(data).filter(({ origin }) => !known.has(origin))]
  const seen = new Set<string>()
  return named
    .toSorted((a, b) => a.origin - b.origin)
    .flatMap(({ id, origin }) => {
      const isNew = !seen.has(id)
      seen.add(id)
      const path = ['prompts', origin, 'id']
      // The store would write another id than it was given: half a character has no UTF-8.
      if (!id.isWellFormed()) return [{ path, message: 'the id holds half a character', expected: 'whole characters' }]
      const expected = 'an id of its own for every prompt'
      return isNew ? [] : [{ path, message: `the id "${id}" is given twice`, expected }]
    })
}

/** Ids as they stand in the file. One with a variable in it says nothing before the variable has a value. */
function writtenIds(data: unknown): readonly Named[] {
  const prompts = typeof data === 'object' && data !== null && 'prompts' in data ? data.prompts : []
  if (!Array.isArray(prompts)) return []
  return prompts.flatMap((prompt: unknown, origin) => {
    const id = typeof prompt === 'object' && prompt !== null && 'id' in prompt ? prompt.id : null
    return typeof id === 'string' && id !== '' && !id.includes('{{') ? [{ id, origin }] : []
  })
}

function graderFaults(prompts: readonly BuiltPrompt[]): readonly Fault[] {
  const faults: Fault[] = []
  const reported = new Set<number>()
  for (const { prompt, from } of prompts) {
    const { grader } = prompt
    const problem = grader === undefined || reported.has(from.origin) ? null : graderProblem(grader)
    if (problem === null) continue
    reported.add(from.origin)
    faults.push({ ...problem, path: pathIn(from, ['grader', ...problem.path]) })
  }
  return faults
}

/** Patterns of facts that are not RE2: without this they would only be found when an answer is labelled. */
function factFaults(prompts: readonly BuiltPrompt[]): readonly Fault[] {
  const faults: Fault[] = []
  const reported = new Set<number>()
  for (const { prompt, from } of prompts) {
    const { probe } = prompt
    if (probe === undefined || reported.has(from.origin) || checkFacts(probe).length === 0) continue
    reported.add(from.origin)
    for (const [number, fact] of probe.facts.entries()) {
      for (const [place, pattern] of fact.any.entries()) {
        const [message] = checkFacts({ ...probe, facts: [{ ...fact, any: [pattern] }] })
        if (message === undefined) continue
        const path = ['prompts', from.origin, 'probe', 'facts', number, 'any', place]
        faults.push({ path, message, expected: 'RE2 syntax: no look-around, no back-references' })
      }
    }
  }
  return faults
}
