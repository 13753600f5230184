import { words, type Word } from './words.ts'

/** Words that have to stand next to each other, in this order. */
export interface Term {
  readonly words: readonly string[]
  /** The last word is only a beginning. */
  readonly prefix: boolean
}

/** A quoted phrase, closed or not, or anything up to a space or a quote; each may end in a star. */
const TERM = /"([^"]*)(?:"(\*?)|$)|([^\s"]+)/g

/** More terms than this are left out: nobody types them, and each costs a lookup. */
const maxTerms = 32
const maxWords = 200

/** Any text is a query: what has no word in it asks for nothing. All terms have to be found. */
export function parseQuery(query: string): readonly Term[] {
  const terms: Term[] = []
  for (const match of query.matchAll(TERM)) {
    const quoted = match[1]
    const plain = match[3] ?? ''
    const found = [...words(quoted ?? plain)].slice(0, maxWords).map((word) => word.text)
    if (found.length === 0) continue
    terms.push({ words: found, prefix: quoted === undefined ? plain.endsWith('*') : match[2] === '*' })
    if (terms.length === maxTerms) break
  }
  return terms
}

/** The terms as an FTS5 expression over these columns. Words hold no quote, so nothing can break out of them. */
export function matchExpression(terms: readonly Term[], part: 'thinking' | 'answer'): string {
  const phrases = terms.map(({ words: phrase, prefix }) => `"${phrase.join(' ')}"${prefix ? ' *' : ''}`)
  return `${part} : (${phrases.join(' AND ')})`
}

export interface Mark {
  readonly start: number
  readonly end: number
}

/** Every place of every term, by where it starts. A mark inside another one is left out. */
export function findMarks(text: string, terms: readonly Term[]): readonly Mark[] {
  const all = [...words(text)]
  const marks: Mark[] = []
  for (let at = 0; at < all.length; at += 1) {
    const length = Math.max(...terms.map((term) => (standsAt(all, at, term) ? term.words.length : 0)))
    const first = all[at]
    const last = all[at + length - 1]
    if (length === 0 || first === undefined || last === undefined) continue
    marks.push({ start: first.start, end: last.end })
    at += length - 1
  }
  return marks
}

function standsAt(all: readonly Word[], at: number, { words: phrase, prefix }: Term): boolean {
  return phrase.every((word, offset) => {
    const found = all[at + offset]?.text
    if (found === undefined) return false
    return prefix && offset === phrase.length - 1 ? found.startsWith(word) : found === word
  })
}

const snippetChars = 240
const leadChars = 80

/** The surroundings of the first mark, with the marks that lie in them. Offsets are UTF-16 units into the snippet. */
export function cutSnippet(
  text: string,
  marks: readonly Mark[],
): { readonly snippet: string; readonly marks: readonly Mark[] } {
  const first = marks[0]?.start ?? 0
  const from = wholeCharacter(text, Math.max(0, Math.min(first - leadChars, text.length - snippetChars)))
  const to = wholeCharacter(text, Math.min(text.length, from + snippetChars))
  const before = from > 0 ? '…' : ''
  const shift = before.length - from
  return {
    snippet: `${before}${text.slice(from, to)}${to < text.length ? '…' : ''}`,
    marks: marks
      .filter(({ start, end }) => start >= from && end <= to)
      .map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  }
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at)
  const inside = at > 0 && at < text.length && code >= 0xdc00 && code <= 0xdfff
  return inside ? at - 1 : at
}
