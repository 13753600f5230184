import { diffArrays } from 'diff'

/** A stretch that stands in one text and not in the other. Offsets are UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface WordDiff {
  readonly left: readonly Span[]
  readonly right: readonly Span[]
}

/** A Han character or a kana is a word; everything else is a run of letters and digits, or one sign. White space is no word. */
const single = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`
const wordPattern = new RegExp(String.raw`[${single}]|[[\p{L}\p{N}\p{M}_]--[${single}]]+|\S`, 'gv')

/** Beyond this many changed words the comparison takes seconds and shows nothing but "all different". */
const maxChangedWords = 2000

interface WordAt extends Span {
  readonly word: string
}

const wordsOf = (text: string): readonly WordAt[] =>
  Array.from(text.matchAll(wordPattern), ({ 0: word, index }) => ({ word, start: index, end: index + word.length }))

/**
 * Words of each text that have no partner in the other (Myers' shortest edit script). Changed words next to each other become
 * one span. Null where the texts differ in too many words for a diff to say anything.
 */
export function diffWords(left: string, right: string): WordDiff | null {
  const [a, b] = [wordsOf(left), wordsOf(right)]
  const changes = diffArrays(
    a.map(({ word }) => word),
    b.map(({ word }) => word),
    { maxEditLength: maxChangedWords },
  ) as ReturnType<typeof diffArrays<string>> | undefined
  if (changes === undefined) return null
  const spans = { left: [] as Span[], right: [] as Span[] }
  let [i, j] = [0, 0]
  for (const { added, removed, value } of changes) {
    if (removed) spans.left.push(spanOf(a, i, value.length))
    if (added) spans.right.push(spanOf(b, j, value.length))
    if (!added) i += value.length
    if (!removed) j += value.length
  }
  return spans
}

/** Where two texts begin to differ, as the number of a word from 1, signs not counted; null where all words and signs are the same. */
export function firstDifference(left: string, right: string): number | null {
  const [a, b] = [wordsOf(left), wordsOf(right)]
  const at = a.findIndex(({ word }, index) => word !== b[index]?.word)
  if (at === -1 && a.length === b.length) return null
  return (at === -1 ? a : a.slice(0, at)).filter(isNoSign).length + 1
}

/** How many words the spans of a text hold, signs not counted. */
export const countWords = (text: string, spans: readonly Span[]): number =>
  spans.flatMap(({ start, end }) => wordsOf(text.slice(start, end))).filter(isNoSign).length

const isNoSign = ({ word }: WordAt): boolean => /[\p{L}\p{N}]/u.test(word)

function spanOf(words: readonly WordAt[], from: number, length: number): Span {
  return { start: words[from]?.start ?? 0, end: words[from + length - 1]?.end ?? 0 }
}
