import { bare, type Place } from './place.ts'

/** An open bracket. */
interface Level {
  readonly isList: boolean
  readonly keys: Map<string, string>
  /** Of an object: the key whose value is next; null where a key is. */
  key: string | null
}

interface Token {
  readonly isWord: boolean
  readonly from: number
  readonly to: number
  readonly text: string
}

interface Wanted {
  /** Where the brackets begin. */
  readonly start: number
  readonly at: number
  readonly quoted: boolean
  /** The path of what holds the brackets. */
  readonly above?: readonly string[]
}

/** What follows the position is read for keys that stand there, as far as this. */
const reach = 4000

/** The place inside brackets, as JSON has them and YAML on a line. Reads from their beginning. */
export function placeInFlow(text: string, { start, at, quoted, above = [] }: Wanted): Place | null {
  const levels: Level[] = []
  let level: Level | undefined
  let place: Omit<Place, 'siblings'> | null = null
  let last: Token | null = null
  for (const token of tokensFrom(text, start, endOf(text, at, quoted))) {
    const isHere = token.isWord && token.from <= at && at <= token.to
    if (place === null && (isHere || token.from >= at)) {
      if (isHere && token.text.startsWith('#')) return null
      level = levels.at(-1)
      if (level === undefined) return null
      place = placeIn(levels, isHere ? token : { from: at, to: at }, { quoted, above })
    }
    if (token.isWord) last = token
    else {
      apply(levels, token.text, last)
      last = null
    }
    if (place !== null && level !== undefined && !levels.includes(level)) break
  }
  level ??= levels.at(-1)
  if (level === undefined) return null
  place ??= placeIn(levels, { from: at, to: at }, { quoted, above })
  const own = place.role === 'key' ? bare(text.slice(place.from, place.to)) : null
  return { ...place, siblings: new Map([...level.keys].filter(([key]) => key !== own)) }
}

function placeIn(
  levels: readonly Level[],
  { from, to }: Pick<Token, 'from' | 'to'>,
  { quoted, above }: { readonly quoted: boolean; readonly above: readonly string[] },
): Omit<Place, 'siblings'> {
  const inner = levels.at(-1)
  const path = levels.flatMap(({ isList, key }) => (isList ? ['*'] : key === null ? [] : [key]))
  const isValue = inner !== undefined && (inner.isList || inner.key !== null)
  return { path: [...above, ...path], role: isValue ? 'value' : 'key', from, to, quoted, isFlow: true }
}

/** A bracket that YAML leaves open on its line is not closed by what stands below. */
function endOf(text: string, at: number, quoted: boolean): number {
  const lineEnd = text.indexOf('\n', at)
  return Math.min(text.length, quoted || lineEnd < 0 ? at + reach : lineEnd)
}

const tokens = /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?|[{}[\],:]|#.*|[^\s{}[\],:"'](?:[^\s{}[\],:]|:(?=[^\s{}[\],]))*/y
const space = /\s*/y

function* tokensFrom(text: string, start: number, end: number): Generator<Token> {
  for (let at = start; ;) {
    space.lastIndex = at
    at += space.exec(text)?.[0].length ?? 0
    if (at >= end) return
    tokens.lastIndex = at
    const match = tokens.exec(text)?.[0] ?? text.charAt(at)
    yield { isWord: !/^[{}[\],:]$/.test(match), from: at, to: at + match.length, text: match }
    at += match.length
  }
}

function apply(levels: Level[], sign: string, last: Token | null): void {
  const level = levels.at(-1)
  const word = last === null ? '' : bare(last.text)
  if (sign === '{' || sign === '[') {
    levels.push({ isList: sign === '[', keys: new Map(), key: null })
  } else if (sign === ':') {
    if (level === undefined || level.isList) return
    level.key = word
    level.keys.set(word, '')
  } else {
    if (level !== undefined && level.key !== null && last !== null) level.keys.set(level.key, word)
    if (sign !== ',') levels.pop()
    else if (level !== undefined) level.key = null
  }
}
