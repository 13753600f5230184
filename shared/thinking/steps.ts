import { startsCorrection } from './markers.ts'
import type { Stretch } from './sentences.ts'

/** Steps shorter than this take in the next paragraph: a formula alone is no step. */
const minStepChars = 120
/** A wall of text is cut near here, at the end of a sentence where there is one. */
const maxStepChars = 2400
const titleChars = 72

/** A line break with nothing but white space up to the next one. */
const blankLine = /\n[^\S\n]*\n\s*/gu
const lineBreak = /\n\s*/gu
const sentenceEnd = /[.!?](?=\s)|[。！？]/gu

/**
 * Cuts thinking into steps for reading: paragraphs, or lines where there are no paragraphs. Short ones are joined, except that one
 * which takes something back begins a step; very long ones are cut. The steps cover the text without a gap.
 */
export function cutSteps(thinking: string): readonly Stretch[] {
  const paragraphs = cutAt(thinking, thinking.search(blankLine) < 0 ? lineBreak : blankLine)
  const steps: { start: number; end: number }[] = []
  for (const { start, end } of paragraphs) {
    const last = steps.at(-1)
    const joins =
      last !== undefined && last.end - last.start < minStepChars && !startsCorrection(thinking.slice(start, end))
    if (joins && end - last.start <= maxStepChars) last.end = end
    else for (const piece of cutLong(thinking, start, end)) steps.push({ ...piece })
  }
  return steps
}

/** The beginning of a step on one line, for when it is folded. At most 72 characters, the first sentence if that is shorter. */
export function stepTitle(step: string): string {
  const line = step.trim().replaceAll(/\s+/gu, ' ')
  const end = line.search(/(?<=[.!?])\s|(?<=[。！？])/u)
  const sentence = end < 0 ? line : line.slice(0, end)
  if (sentence.length <= titleChars) return sentence
  return `${sentence.slice(0, wholeCharacter(sentence, titleChars))}…`
}

function cutAt(text: string, pattern: RegExp): readonly Stretch[] {
  const cuts: Stretch[] = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    const to = match.index + match[0].length
    // White space at the very beginning belongs to the first paragraph.
    if (text.slice(from, to).trim() === '') continue
    cuts.push({ start: from, end: to })
    from = to
  }
  if (from < text.length) cuts.push({ start: from, end: text.length })
  return cuts
}

function* cutLong(text: string, start: number, end: number): Generator<Stretch> {
  let from = start
  while (end - from > maxStepChars) {
    const to = from + breakBefore(text.slice(from, from + maxStepChars))
    yield { start: from, end: to }
    from = to
  }
  yield { start: from, end }
}

/** After the last sentence in the second half, else after the last white space there, else anywhere but inside a character. */
function breakBefore(window: string): number {
  const half = window.length / 2
  const ends = [...window.matchAll(sentenceEnd)].map(({ index }) => index + 1).filter((at) => at > half)
  const spaces = [...window.matchAll(/\s/gu)].map(({ index }) => index + 1).filter((at) => at > half)
  return ends.at(-1) ?? spaces.at(-1) ?? wholeCharacter(window, window.length)
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at - 1)
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at
}
