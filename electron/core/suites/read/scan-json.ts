import { suiteLimits } from '#shared/domain/words.ts'
import type { Place } from './source.ts'

/** Why a text is not JSON that a suite may hold, and where. */
export interface JsonFault {
  readonly offset: number
  readonly message: string
  readonly expected: string | null
}

type Key = string | number
interface Level {
  readonly isArray: boolean
  readonly keys: Set<string>
}

/** A walk through a JSON text. One level of `levels` and one entry of `path` for each open array or object. */
interface Walk {
  readonly text: string
  readonly onValue: (path: readonly Key[], offset: number) => void
  readonly onKey: (path: readonly Key[], offset: number) => void
  readonly levels: Level[]
  readonly path: Key[]
  at: number
}

class Stop extends Error {
  readonly fault: JsonFault
  constructor(offset: number, message: string, expected: string | null = null) {
    super(message)
    this.fault = { offset, message, expected }
  }
}

/**
 * Walks a JSON text once, without recursion, and reports every value's place. Besides syntax it refuses what
 * `JSON.parse` lets pass: a key given twice, and nesting deeper than the limit. Null: the text is fine.
 */
export function scanJson(
  text: string,
  onValue: Walk['onValue'] = () => undefined,
  onKey: Walk['onKey'] = () => undefined,
): JsonFault | null {
  const walk: Walk = { text, onValue, onKey, levels: [], path: [], at: 0 }
  try {
    do {
      value(walk)
    } while (!isFinished(walk))
    return null
  } catch (error) {
    if (error instanceof Stop) return error.fault
    throw error
  }
}

/** Offsets of places in a JSON text, each at its nearest existing ancestor. */
export function locateInJson(text: string, places: readonly Place[]): readonly number[] {
  const offsets = places.map(() => 0)
  const note = (isKey: boolean) => (path: readonly Key[], offset: number) => {
    for (const [index, { path: wanted, onKey = false }] of places.entries()) {
      const isIt = path.length === wanted.length
      const leadsThere = path.length <= wanted.length && path.every((key, depth) => key === wanted[depth])
      if (leadsThere && isKey === (isIt && onKey)) offsets[index] = offset
    }
  }
  scanJson(text, note(false), note(true))
  return offsets
}

/** Reads one value; an array or object is only opened. */
function value(walk: Walk): void {
  skipSpace(walk)
  walk.onValue(walk.path, walk.at)
  const char = walk.text[walk.at]
  if (char === '{' || char === '[') return open(walk, char === '[')
  if (char === '"') string(walk)
  else scalar(walk)
}

function open(walk: Walk, isArray: boolean): void {
  if (walk.levels.length >= suiteLimits.nesting)
    throw new Stop(walk.at, `nested deeper than ${suiteLimits.nesting} levels`)
  walk.at++
  walk.levels.push({ isArray, keys: new Set() })
  skipSpace(walk)
  if (walk.text[walk.at] === (isArray ? ']' : '}')) {
    // An empty one is closed here and now, as if it were a scalar.
    walk.at++
    walk.levels.pop()
    return
  }
  walk.path.push(isArray ? 0 : '')
  if (!isArray) key(walk)
  value(walk)
}

/** After a value: goes on to the next one, closing what ends. True at the end of the text. */
function isFinished(walk: Walk): boolean {
  for (;;) {
    skipSpace(walk)
    const level = walk.levels.at(-1)
    if (level === undefined) {
      if (walk.at < walk.text.length) throw new Stop(walk.at, 'text after the end of the JSON', 'the end of the file')
      return true
    }
    const char = walk.text[walk.at]
    const closing = level.isArray ? ']' : '}'
    if (char === closing) {
      walk.at++
      walk.levels.pop()
      walk.path.pop()
    } else if (char === ',') {
      walk.at++
      if (level.isArray) walk.path.push(Number(walk.path.pop()) + 1)
      else key(walk)
      return false
    } else throw new Stop(walk.at, found(walk), `, or ${closing}`)
  }
}

function key(walk: Walk): void {
  skipSpace(walk)
  const start = walk.at
  if (walk.text[start] !== '"') throw new Stop(start, found(walk), 'a key in double quotes')
  string(walk)
  const name = JSON.parse(walk.text.slice(start, walk.at)) as string
  const { keys } = walk.levels.at(-1) ?? { keys: new Set<string>() }
  if (keys.has(name)) throw new Stop(start, `the key "${name.slice(0, 100)}" is given twice`, 'every key once')
  keys.add(name)
  walk.path[walk.path.length - 1] = name
  walk.onKey(walk.path, start)
  skipSpace(walk)
  if (walk.text[walk.at] !== ':') throw new Stop(walk.at, found(walk), ':')
  walk.at++
}

const escape = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y

function string(walk: Walk): void {
  for (walk.at++; walk.at < walk.text.length; walk.at++) {
    const code = walk.text.charCodeAt(walk.at)
    if (code === 0x22) {
      walk.at++
      return
    }
    if (code < 0x20) throw new Stop(walk.at, 'a line break or control character inside a text', 'an escape such as \\n')
    if (code !== 0x5c) continue
    escape.lastIndex = walk.at + 1
    const match = escape.exec(walk.text)
    if (match === null) throw new Stop(walk.at, 'an unknown escape', '\\n, \\t, \\", \\\\, \\uXXXX …')
    walk.at += match[0].length
  }
  throw new Stop(walk.text.length, 'the file ends inside a text', 'a closing "')
}

const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

function scalar(walk: Walk): void {
  literal.lastIndex = walk.at
  const match = literal.exec(walk.text)
  if (match === null) throw new Stop(walk.at, found(walk), 'a value')
  walk.at += match[0].length
}

const space = /[ \t\r\n]*/y

function skipSpace(walk: Walk): void {
  space.lastIndex = walk.at
  walk.at += space.exec(walk.text)?.[0].length ?? 0
}

function found({ text, at }: Walk): string {
  return at >= text.length ? 'the file ends too early' : `unexpected ${JSON.stringify(text[at])}`
}
