import type { SuiteProblem } from '#shared/domain/suite.ts'

/** A problem with the words it points at, and what would mend it where that is plain. */
export interface PlacedProblem extends SuiteProblem {
  /** Length of the words from its column on; at least 1. */
  readonly length: number
  /** What was probably meant, in the quotes of the wrong word; null where that is not plain. */
  readonly fix: string | null
}

/** Problems in the order of the text, told once each. */
export function placeProblems(problems: readonly SuiteProblem[], lines: readonly string[]): readonly PlacedProblem[] {
  return problems
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map((problem) => {
      const word = wordAt(lines[problem.line - 1] ?? '', problem.column)
      return { ...problem, length: Math.max(1, word.length), fix: fixFor(word, problem.expected) }
    })
}

/** `18:13` */
export const placeText = ({ line, column }: Pick<SuiteProblem, 'line' | 'column'>): string => `${line}:${column}`

/** What is wrong as one sentence or two, for people and screen readers. */
export function problemText({ message, expected }: Pick<SuiteProblem, 'message' | 'expected'>): string {
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace(/([.!?:])\.$/, '$1')
  return expected === null ? sentence : `${sentence} Expected ${expected}.`
}

/** The first at or after a place, then around; `step` −1 goes backwards. Null where there is none. */
export function nextProblem(
  problems: readonly PlacedProblem[],
  { line, column }: { readonly line: number; readonly column: number },
  step: 1 | -1 = 1,
): PlacedProblem | null {
  const isBeyond = (problem: PlacedProblem) =>
    step * (problem.line - line) > 0 || (problem.line === line && step * (problem.column - column) > 0)
  const ordered = step === 1 ? problems : problems.toReversed()
  return ordered.find(isBeyond) ?? ordered[0] ?? null
}

/** A quoted text, or what stands up to the next space, comma, bracket or colon. */
function wordAt(line: string, column: number): string {
  const rest = line.slice(column - 1)
  return /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,:[\]{}#]+)/.exec(rest)?.[0] ?? ''
}

/** The expected word that is a slip of the keys away from the wrong one; null where none is, or two are. */
function fixFor(word: string, expected: string | null): string | null {
  const [, quote = '', bare = word] = /^(["'])(.*)\1$/.exec(word) ?? []
  if (bare === '' || expected === null) return null
  if (expected.includes('(put it in quotes)')) return quote === '' ? JSON.stringify(bare) : null
  const [, key] = /^the key (\w+)$/.exec(expected) ?? []
  if (key !== undefined) return `${quote}${key}${quote}`
  if (!expected.startsWith('one of ')) return null
  const offered = expected.slice('one of '.length).split(', ')
  const near = offered.filter((candidate) => candidate !== bare && isNear(bare.toLowerCase(), candidate.toLowerCase()))
  return near.length === 1 ? `${quote}${near[0]}${quote}` : null
}

/** At most two letters wrong, missing, too many or swapped, and fewer than half of the word. */
function isNear(a: string, b: string): boolean {
  if (a.length > 40 || Math.abs(a.length - b.length) > 2) return false
  return distance(a, b) <= Math.min(2, Math.floor((Math.max(a.length, b.length) - 1) / 2))
}

/** Optimal string alignment: edits and swaps of neighbours. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (rows[i - 1]?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (rows[i - 2]?.[j - 2] ?? Infinity) + 1 : Infinity
      row.push(Math.min((rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change, swap))
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? Infinity
}
