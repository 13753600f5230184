import { diffArrays } from 'diff'

/** A stretch of one side's text; `only`: it stands on this side and not on the other. */
export interface Stretch {
  readonly text: string
  readonly only: boolean
}

export interface WordDiff {
  readonly left: readonly Stretch[]
  readonly right: readonly Stretch[]
  /** Words that stand on one side only, both sides together. */
  readonly words: number
}

/** Two texts that differ this long are not worth the wait: the reader sees that they have nothing to do with each other. */
const longestMs = 250

/**
 * Both texts whole, cut where they differ by word: nothing is left out, white space and punctuation are compared too. Words as
 * the languages have them, Chinese among them. Null where the texts are too different to be matched in good time.
 */
export function diffTexts(left: string, right: string): WordDiff | null {
  const changes = diffArrays(words(left), words(right), { timeout: longestMs })
  if (changes === undefined) return null
  const sides: { left: Stretch[]; right: Stretch[] } = { left: [], right: [] }
  let count = 0
  for (const { value, added, removed } of changes) {
    const text = value.join('')
    if (added || removed) count += value.filter((word) => word.trim() !== '').length
    if (!added) sides.left.push({ text, only: removed })
    if (!removed) sides.right.push({ text, only: added })
  }
  return { ...sides, words: count }
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

export const words = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)

/** The number of the first word that differs, from 1; null where the texts are the same. */
export function firstDifference(left: string, right: string): number | null {
  if (left === right) return null
  const [a, b] = [words(left), words(right)]
  let count = 0
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const word = a[at] ?? b[at] ?? ''
    if (a[at] !== b[at]) return count + 1
    if (word.trim() !== '') count += 1
  }
  return count + 1
}
