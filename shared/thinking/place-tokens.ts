import type { TokenRecord } from '../domain/trace.ts'
import type { Stretch } from './sentences.ts'

/**
 * Where tokens stand in a text. Mostly one token a place; tokens that each hold some bytes of one character share one place.
 * `first` and `last` are indexes of tokens, both inclusive.
 */
export interface TokenPlace extends Stretch {
  readonly first: number
  readonly last: number
}

/** What a decoder writes for bytes that are no whole character. */
const replacement = '\u{fffd}'
/** How far a token may lie behind the one before it: tags and white space that an engine leaves out of its tokens. */
const maxGapChars = 32
/** Bytes of a character: what a run of tokens with broken characters can at most stand for, each. */
const maxCharsAToken = 4

/**
 * Finds the tokens of a generation in its raw text. Engines that work in bytes give tokens that are no text by themselves: such a
 * run takes the characters up to the next token that is found again. Tokens that are not found at all have no place.
 */
export function placeTokens(raw: string, tokens: readonly TokenRecord[]): readonly TokenPlace[] {
  const places: TokenPlace[] = []
  let at = 0
  let broken: number | null = null
  const closeBroken = (before: number, end: number) => {
    if (broken !== null && end > at) places.push({ start: at, end, first: broken, last: before })
    broken = null
  }
  for (const [index, { text }] of tokens.entries()) {
    if (text === '') continue
    if (text.includes(replacement)) {
      broken ??= index
      continue
    }
    const reach = broken === null ? maxGapChars : (index - broken) * maxCharsAToken
    const found = raw.slice(at, at + reach + text.length).indexOf(text)
    if (found < 0) continue
    closeBroken(index - 1, at + found)
    at += found
    places.push({ start: at, end: at + text.length, first: index, last: index })
    at += text.length
  }
  closeBroken(tokens.length - 1, raw.length)
  return places
}
