import { suiteLimits } from '#shared/domain/words.ts'
import { isAlias, isMap, isPair, isScalar, isSeq, Lexer, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, Node, Pair } from 'yaml'
import { fileProblem, toProblems, type Fault, type Place, type Position, type ReadResult } from './source.ts'

/** How often anchors may be repeated in all, so that a small file cannot unfold into a huge one. */
const maxAliases = 1000
const lexerMarks = new Set(['\u0002', '\u0018', '\u001f', '\uFEFF'])

/** Reads a YAML 1.2 document that keeps its positions. */
export function readYamlSource(text: string, file: string): ReadResult {
  const lines = new LineCounter()
  const deep = tooDeepAt(text)
  if (deep !== null) return fileProblem(file, `nested deeper than ${suiteLimits.nesting} levels`, deep)
  // Both options off because they take quadratic time on hostile files; keys are checked below.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false })
  const errors = [...document.errors, ...document.warnings].slice(0, suiteLimits.problems)
  if (errors.length > 0) {
    const problems = errors.map(({ pos, message }) => ({
      file,
      ...place(lines, pos[0]),
      path: '',
      message,
      expected: null,
    }))
    return { problems }
  }
  const twice = keysGivenTwice(document).map(({ name, offset }) => ({
    file,
    ...place(lines, offset),
    path: '',
    message: `the key "${name}" is given twice`,
    expected: 'every key once',
  }))
  const data = plainData(document)
  if (data === null) return fileProblem(file, 'aliases unfold into too much data', { expected: 'fewer aliases' })
  const source = {
    file,
    data: data.value,
    locate: (places: readonly Place[]) => places.map((wanted) => place(lines, offsetOf(document, wanted))),
  }
  const faults = strangeKeys(document)
  return faults.length > 0 ? { problems: toProblems(source, faults, twice) } : { source, problems: twice }
}

function plainData(document: Document.Parsed): { readonly value: unknown } | null {
  try {
    return { value: document.toJS({ maxAliasCount: maxAliases }) as unknown }
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError) return null
    throw error
  }
}

function place(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

/**
 * Finds nesting beyond the limit before anything recursive sees the text: the parser itself overflows on it, or takes
 * for ever. Counts open brackets, indented levels, and indicators on one line (`- - - a`).
 */
function tooDeepAt(text: string): Position | null {
  const indents: number[] = []
  let [flow, line, column, marks, fresh] = [0, 1, 1, 0, true]
  for (const token of new Lexer().lex(text)) {
    // The lexer marks documents, scalars and broken flows with control characters that are not in the text.
    if (lexerMarks.has(token)) continue
    if (token === '[' || token === '{') flow++
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1)
    else if (flow === 0 && (token === '-' || token === '?' || token === ':')) marks++
    if (fresh && flow === 0 && token.trim() !== '') {
      while ((indents.at(-1) ?? -1) >= column) indents.pop()
      indents.push(column)
      fresh = false
    }
    // A map's key and its value's indicator count once: `a:` nests by its indentation.
    if (flow + indents.length + Math.max(0, marks - 1) > suiteLimits.nesting) return { line, column }
    const breaks = token.split('\n').length - 1
    line += breaks
    column = breaks > 0 ? token.length - token.lastIndexOf('\n') : column + token.length
    if (breaks > 0) [marks, fresh] = [0, true]
  }
  return null
}

function keysGivenTwice(document: Document.Parsed): readonly { readonly name: string; readonly offset: number }[] {
  const found: { name: string; offset: number }[] = []
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key
        if (seen.has(name)) found.push({ name: String(name).slice(0, 100), offset: startOf(key) })
        seen.add(name)
      }
      return found.length < suiteLimits.problems ? undefined : visit.BREAK
    },
  })
  return found
}

/** Keys that are no plain text: data with them would mean something else than it looks like. */
function strangeKeys(document: Document.Parsed): readonly Fault[] {
  const faults: Fault[] = []
  visit(document, {
    Pair(_, pair) {
      if (isScalar(pair.key) && typeof pair.key.value !== 'object') return
      faults.push({ path: [], message: 'a key is not plain text', expected: 'a name before the colon' })
    },
  })
  return faults.slice(0, 1)
}

const startOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0

/** Offset of a place, or of its nearest ancestor that exists: a scalar's own, and that of its key for what holds more. */
function offsetOf(document: Document.Parsed, { path, onKey = false }: Place): number {
  let node: unknown = document.contents
  let offset = startOf(node)
  for (const [depth, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document)
    const next = child(node, part)
    if (next === undefined) return offset
    node = isPair(next) ? next.value : next
    const isKey = isPair(next) && (!isScalar(next.value) || (onKey && depth === path.length - 1))
    offset = isKey ? startOf(next.key) : startOf(node)
  }
  return offset
}

function child(node: unknown, part: string | number): Node | Pair | undefined {
  if (isSeq(node)) return node.items[Number(part)] as Node | undefined
  if (!isMap(node)) return undefined
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
}
