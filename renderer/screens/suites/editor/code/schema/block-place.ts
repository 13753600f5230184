import type { Text } from '@codemirror/state'
import { placeInFlow } from './flow-place.ts'
import { bare, type Place } from './place.ts'

/** A line of YAML as its indentation tells it. Columns count from 0. */
interface Line {
  /** Of each `-` that it begins with. */
  readonly dashes: readonly number[]
  readonly key: string | null
  /** Where its key, or else what it holds, begins. */
  readonly column: number
  /** What stands behind the key, or on a line without one; a comment left out. */
  readonly value: string
  readonly valueColumn: number
}

const linePattern =
  /^(?<lead> *(?:-(?: +|$))*)(?:(?<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[\w$][\w$.-]*) *:(?=\s|$))?(?<gap>\s*)(?<value>.*)$/

/** Null: nothing stands on it. */
function readLine(text: string): Line | null {
  const groups = /^\s*(?:#.*)?$/.test(text) ? undefined : linePattern.exec(text)?.groups
  if (groups === undefined) return null
  const { lead = '', key, gap = '', value = '' } = groups
  return {
    dashes: [...lead.matchAll(/-/g)].map(({ index }) => index),
    key: key === undefined ? null : bare(key),
    column: lead.length + (key === undefined ? gap.length : 0),
    value: value.replace(/(?:^|\s)#.*$/, '').trimEnd(),
    valueColumn: text.length - value.length,
  }
}

const opensBrackets = (value: string): boolean => value.startsWith('{') || value.startsWith('[')
const beginsText = (value: string): boolean => /^[|>]/.test(value)

/** The place among lines whose indentation says what holds what; inside brackets that of `placeInFlow`. */
export function placeInBlock(doc: Text, at: number): Place | null {
  const here = doc.lineAt(at)
  const before = here.text.slice(0, at - here.from)
  if (hasComment(before) || /(?::|^ *-|- *-)$/.test(before)) return null
  const line = readLine(before) ?? {
    dashes: [],
    key: null,
    column: before.length,
    value: '',
    valueColumn: before.length,
  }
  const { path: above, siblings, flowFrom } = holderOf(doc, here.number, line) ?? {}
  if (above === undefined || siblings === undefined || beginsText(line.value)) return null
  const path = line.key === null ? above : [...above, line.key]
  const brackets = flowFrom ?? (opensBrackets(line.value) ? here.from + line.valueColumn : null)
  if (brackets !== null) {
    const holding = flowFrom === null ? path : above
    return placeInFlow(doc.toString(), { start: brackets, at, quoted: false, above: holding })
  }
  // Two words without a colon behind the first are a text.
  if (line.key === null && /\s/.test(line.value)) return null
  const column = line.key === null ? line.column : line.valueColumn
  const word = (line.key === null ? /^[\w$.-]*/ : /^.*?(?=\s+#|\s*$)/).exec(here.text.slice(column))?.[0] ?? ''
  const beside = new Map([...siblings, ...keysBelow(doc, here.number, line.column)])
  beside.delete(line.key ?? word)
  return {
    path,
    role: line.key === null ? 'key' : 'value',
    from: here.from + column,
    to: Math.max(at, here.from + column + word.length),
    siblings: beside,
    quoted: false,
    isFlow: false,
  }
}

/** A `#` at the beginning or behind a blank, outside of quotes. */
function hasComment(before: string): boolean {
  let quote = ''
  for (let index = 0; index < before.length; index++) {
    const char = before[index] ?? ''
    const previous = before[index - 1] ?? ' '
    if (quote !== '') {
      if (char === quote && previous !== '\\') quote = ''
    } else if (char === '#' && previous === ' ') return true
    else if ((char === '"' || char === "'") && /[\s,[{:]/.test(previous)) quote = char
  }
  return false
}

interface Holder {
  readonly path: readonly string[]
  /** The keys above in the same mapping. */
  readonly siblings: ReadonlyMap<string, string>
  /** Where brackets begin that are still open; null where none are. */
  readonly flowFrom: number | null
}

/** What holds a line: read upwards, over all that stands further in. Null inside a text of several lines. */
function holderOf(doc: Text, number: number, { column, dashes }: Pick<Line, 'column' | 'dashes'>): Holder | null {
  const siblings = new Map<string, string>()
  let path: string[] = []
  let flowFrom: number | null = null
  let [need, isItem, areBeside] = [column, false, dashes.length === 0]
  const into = (items: readonly number[]) => {
    for (const dash of items.toReversed()) {
      if (dash >= need) continue
      path.unshift('*')
      ;[need, isItem, areBeside] = [dash, true, false]
    }
  }
  into(dashes)
  for (let at = number - 1; at >= 1 && (need > 0 || isItem || areBeside); at--) {
    const { text, from } = doc.line(at)
    const line = isFurtherIn(text, need, isItem) ? null : readLine(text)
    if (line === null) continue
    const { key, value } = line
    const isAround = line.column < need || (isItem && line.column === need && line.dashes.length === 0)
    if (isAround && (key !== null || opensBrackets(value))) {
      if (opensBrackets(value)) [path, flowFrom] = [[], from + line.valueColumn]
      else if (value !== '' && !/^[&!]\S*$/.test(value)) return null
      if (key !== null) path.unshift(key)
      ;[need, isItem, areBeside] = [line.column, false, false]
    } else if (areBeside && line.column === need && key !== null) siblings.set(key, bare(value))
    if (!isItem) into(line.dashes)
  }
  return { path, siblings, flowFrom }
}

/** A quick look: most lines above are inside of what is passed over. */
function isFurtherIn(text: string, need: number, isItem: boolean): boolean {
  for (let at = 0; at < need; at++) if (text[at] !== ' ') return false
  return text[need] === ' ' || (isItem && text[need] === '-')
}

/** Keys that follow in the same mapping. */
function keysBelow(doc: Text, number: number, column: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (let at = number + 1; at <= doc.lines; at++) {
    const { text } = doc.line(at)
    const line = isFurtherIn(text, column, false) ? null : readLine(text)
    if (line === null) continue
    if (line.key === null || line.column !== column || line.dashes.length > 0) break
    found.set(line.key, bare(line.value))
  }
  return found
}
