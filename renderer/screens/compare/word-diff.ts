import { diffArrays } from 'diff'

/** A stretch of one side's text; `only`: it stands on this side and not on the other. */
export interface Stretch {
  readonly text: string
  readonly only: boolean
}

export interface WordDiff {
  readonly left: readonly Stretch[]
  readonly right: readonly Stretch[]
  /** Words that stand on one side only, both sides together; punctuation is marked but is not a word. */
  readonly words: number
}

/** Two texts that differ this long are not worth the wait: the reader sees that they have nothing to do with each other. */
const longestMs = 250

/**
 * Both texts whole, cut where they differ by word: nothing is left out, white space and punctuation are compared too. Words as
 * the languages have them, Chinese among them. Null where the texts are too different to be matched in good time.
 */
export function diffTexts(left: string, right: string): WordDiff | null {
  const changes = diffArrays(pieces(left), pieces(right), { timeout: longestMs })
  if (changes === undefined) return null
  const sides: { left: Stretch[]; right: Stretch[] } = { left: [], right: [] }
  let words = 0
  for (const { value, added, removed } of changes) {
    if (added || removed) words += value.filter(isWord).length
    if (!added) sides.left.push(...stretches(value.join(''), removed))
    if (!removed) sides.right.push(...stretches(value.join(''), added))
  }
  return { ...sides, words }
}

/** White space at the ends of a marked stretch is not marked, unless there is nothing else in it. */
function stretches(text: string, only: boolean): readonly Stretch[] {
  const core = text.trim()
  if (!only || core === '' || core === text) return [{ text, only }]
  const start = text.indexOf(core)
  return [
    { text: text.slice(0, start), only: false },
    { text: core, only: true },
    { text: text.slice(start + core.length), only: false },
  ].filter((part) => part.text !== '')
}

/** Where two answers part. `word` counts from 1. */
export interface Parting {
  readonly part: 'thinking' | 'answer'
  readonly word: number
}

interface Parts {
  readonly thinking: string
  readonly answer: string
}

/** Null where thinking and answer are the same to the letter. */
export function parting(left: Parts, right: Parts): Parting | null {
  for (const part of ['thinking', 'answer'] as const) {
    const word = firstDifference(left[part], right[part])
    if (word !== null) return { part, word }
  }
  return null
}

function firstDifference(left: string, right: string): number | null {
  if (left === right) return null
  const [a, b] = [pieces(left), pieces(right)]
  const at = a.findIndex((piece, index) => piece !== b[index])
  const same = at === -1 ? a : a.slice(0, at)
  return same.filter(isWord).length + 1
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

const pieces = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)

const isWord = (piece: string): boolean => /[\p{L}\p{N}]/u.test(piece)
