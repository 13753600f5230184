/**
 * The same names, each in at most `most` letters, for places that have no room for more: no two that differ look alike. Words
 * that all names share are left out first, then those that most share, until it will do: of `hf.co/bartowski/R1-GGUF:Q8_0`
 * beside `hf.co/unsloth/R1-GGUF:F16` stays `bartowski…Q8_0`. What is still too long is cut in its middle.
 */
export function briefNames(names: readonly string[], most: number): readonly string[] {
  if (names.every((name) => name.length <= most)) return names
  const shorter = withoutShared(names, most)
  for (let head = Math.floor((most - 1) / 2); head >= 1; head -= 1) {
    const cut = shorter.map((name) => cutMiddle(name, head, most))
    if (isAsDistinct(cut, names)) return cut
  }
  return shorter.map((name, index) => cutMiddle(`${index + 1} ${name}`, Math.floor((most - 1) / 2), most))
}

/** Capitals alone do not tell names apart for a reader. */
const distinct = (names: readonly string[]): number => new Set(names.map((name) => name.toLowerCase())).size
const isAsDistinct = (brief: readonly string[], names: readonly string[]): boolean =>
  distinct(brief) === distinct(names)

const cutMiddle = (name: string, head: number, most: number): string =>
  name.length <= most ? name : `${name.slice(0, head)}…${name.slice(name.length - (most - 1 - head))}`

interface Word {
  /** What stands before it. */
  readonly join: string
  readonly text: string
  /** Which words are the same, whichever letters are capitals. */
  readonly key: string
}

/** `_` is no border of words: it stands inside precisions. */
const wordsOf = (name: string): readonly Word[] =>
  [...name.matchAll(/([/:\s-]*)([^/:\s-]+)/g)].map(([, join = '', text = '']) => ({
    join,
    text,
    key: text.toLowerCase(),
  }))

/** Leaves out words that several names share, those of the most names first. The last of a name is its precision, and stays. */
function withoutShared(names: readonly string[], most: number): readonly string[] {
  const all = names.map(wordsOf)
  const last = new Set(all.map((words) => words.at(-1)?.key))
  const counts = new Map<string, number>()
  for (const words of all)
    for (const key of new Set(words.map((word) => word.key))) counts.set(key, (counts.get(key) ?? 0) + 1)
  const order = [...counts.keys()]
    .filter((key) => !last.has(key) && (counts.get(key) ?? 0) > 1)
    .toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || b.length - a.length)
  const out = new Set<string>()
  let brief = names
  for (const key of order) {
    const isInAll = counts.get(key) === names.length
    if (!isInAll && brief.every((name) => name.length <= most)) break
    out.add(key)
    const next = all.map((words) => joined(words, out))
    if (isAsDistinct(next, names)) brief = next
    else out.delete(key)
  }
  return brief
}

/** What was left out between others is `…`; before them it is not missed. */
function joined(words: readonly Word[], out: ReadonlySet<string>): string {
  let text = ''
  let left = false
  for (const word of words) {
    if (out.has(word.key)) left = true
    else {
      text += text === '' ? word.text : left ? `…${word.text}` : word.join + word.text
      left = false
    }
  }
  return text
}
