import type { SuiteProblem } from '#shared/domain/suite.ts'
import { suiteLimits } from '#shared/domain/words.ts'

/** A place inside a document: keys and indexes from its root. */
export type DocumentPath = readonly (string | number)[]

export interface Place {
  readonly path: DocumentPath
  /** True where the key itself is meant and not what it holds. */
  readonly onKey?: boolean
}

/** Something wrong at a place of a document, before the place has a line. */
export interface Fault extends Place {
  readonly message: string
  readonly expected: string | null
}

/** Where something stands in a file. Both count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A document as plain data that still knows where in its file everything stands. */
export interface Source {
  readonly file: string
  readonly data: unknown
  /** Positions of several places in one go. A place that does not exist is found at its nearest ancestor. */
  locate(places: readonly Place[]): readonly Position[]
}

/** `problems` beside a source: what is wrong in the text and does not keep the rest from being read. */
export type ReadResult =
  | { readonly source: Source; readonly problems?: readonly SuiteProblem[] }
  | { readonly problems: readonly SuiteProblem[] }

/** Gives faults their lines, and tells them once each in the order of the text; no more than help anybody. */
export function toProblems(
  source: Source,
  faults: readonly Fault[],
  others: readonly SuiteProblem[] = [],
): readonly SuiteProblem[] {
  // Finding a line costs: what is told is chosen before.
  const shown = faults.toSorted((a, b) => promptOf(a) - promptOf(b)).slice(0, suiteLimits.problems)
  const positions = source.locate(shown)
  const told = shown.map(({ path, message, expected }, index) => {
    const { line, column } = positions[index] ?? { line: 1, column: 1 }
    return { file: source.file, line, column, path: pathText(path), message, expected }
  })
  return inOrder([...others, ...told])
}

/** Faults of the suite itself come before those of its prompts. */
const promptOf = ({ path: [head, index] }: Fault): number =>
  head === 'prompts' && typeof index === 'number' ? index : -1

/** Problems in the order of the text, each told once. */
export function inOrder(problems: readonly SuiteProblem[]): readonly SuiteProblem[] {
  const once = new Map(problems.map((problem) => [`${problem.line}:${problem.column} ${problem.message}`, problem]))
  return [...once.values()].toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, suiteLimits.problems)
}

/** `prompts[3].grader.expected`; keys that are no plain words are quoted. */
function pathText(path: DocumentPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(part)) return `[${JSON.stringify(part.slice(0, 100))}]`
      return index === 0 ? part : `.${part}`
    })
    .join('')
}

/** Turns offsets into lines and columns. Offsets beyond the text are its end. */
export function createLineIndex(text: string): (offset: number) => Position {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: Math.min(offset, text.length) - (starts[low] ?? 0) + 1 }
  }
}

/** A problem with the file as a whole, or at an offset of it. */
export function fileProblem(
  file: string,
  message: string,
  options: Partial<Position> & { readonly expected?: string } = {},
): { readonly problems: readonly SuiteProblem[] } {
  const { line = 1, column = 1, expected = null } = options
  return { problems: [{ file, line, column, path: '', message, expected }] }
}
