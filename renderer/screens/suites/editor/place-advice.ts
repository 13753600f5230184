import type { SuiteProblem } from '#shared/domain/suite.ts'

/** What a sound text may mean otherwise, and the line that says it where that is plain. */
export interface PlacedAdvice extends SuiteProblem {
  /** What stands in place of the value from its column on, the value itself first; null where that is not plain. */
  readonly mend: { readonly length: number; readonly text: string; readonly added: string } | null
}

export const placeAdvice = (advice: readonly SuiteProblem[], lines: readonly string[]): readonly PlacedAdvice[] =>
  advice.map((one) => ({ ...one, mend: mendFor(one, lines[one.line - 1] ?? '') }))

/** A grader beside the answer: in its own line of YAML, after a comma in JSON. Nothing where the line holds more than the answer. */
function mendFor({ message, column }: SuiteProblem, line: string): PlacedAdvice['mend'] {
  const [, kind] = /; grader: (\w+) finds/.exec(message) ?? []
  if (kind === undefined) return null
  const [before, rest] = [line.slice(0, column - 1), line.slice(column - 1)]
  const [quoted] = /"expected"\s*:\s*$/.test(before) ? (/^"(?:[^"\\]|\\.)*"/.exec(rest) ?? []) : []
  if (quoted !== undefined) {
    const added = `"grader": "${kind}"`
    return { length: quoted.length, text: `${quoted}, ${added}`, added }
  }
  const [, indent] = /^( *(?:- +)?)expected: +$/.exec(before) ?? []
  const value = rest.trimEnd()
  // A block, or a comment, goes on after the value.
  if (indent === undefined || /^[|>&*!]| #/.test(value)) return null
  const added = `grader: ${kind}`
  return { length: value.length, text: `${value}\n${' '.repeat(indent.length)}${added}`, added }
}
