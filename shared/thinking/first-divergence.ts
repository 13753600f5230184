import type { TokenAlternative, TokenRecord } from '../domain/trace.ts'
import { placeTokens, type TokenPlace } from './place-tokens.ts'
import type { Stretch } from './sentences.ts'

/** Where two generations part. Offsets are UTF-16 units into the raw text; empty at the end of a text that is the other's beginning. */
export interface Divergence {
  readonly left: Stretch
  readonly right: Stretch
  /** Index of the first token that differs: as many tokens are equal. Null where tokens were not stored for both. */
  readonly token: number | null
}

export interface Written {
  readonly raw: string
  /** Null where none were stored. */
  readonly tokens: readonly TokenRecord[] | null
}

/** The first difference of two generations: by token where both have them, else by word. Null where they are equal. */
export function firstDivergence(left: Written, right: Written): Divergence | null {
  if (left.raw === right.raw) return null
  const byToken =
    left.tokens === null || right.tokens === null ? null : tokenDivergence(left, right, left.tokens, right.tokens)
  return byToken ?? textDivergence(left.raw, right.raw)
}

function tokenDivergence(
  left: Written,
  right: Written,
  leftTokens: readonly TokenRecord[],
  rightTokens: readonly TokenRecord[],
): Divergence | null {
  const shorter = Math.min(leftTokens.length, rightTokens.length)
  let token = 0
  while (token < shorter && sameToken(leftTokens[token], rightTokens[token])) token += 1
  if (token === leftTokens.length && token === rightTokens.length) return null
  const stretch = ({ raw }: Written, places: readonly TokenPlace[]): Stretch => {
    const place = places.find(({ last }) => last >= token)
    return place === undefined ? { start: raw.length, end: raw.length } : { start: place.start, end: place.end }
  }
  return {
    left: stretch(left, placeTokens(left.raw, leftTokens)),
    right: stretch(right, placeTokens(right.raw, rightTokens)),
    token,
  }
}

function sameToken(a: TokenRecord | undefined, b: TokenRecord | undefined): boolean {
  if (a === undefined || b === undefined) return false
  return a.id !== null && b.id !== null ? a.id === b.id : a.text === b.text
}

const wordCharacter = /[\p{L}\p{N}\p{M}]/u
const alone = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** A word longer than this is no word, and is not shown whole. */
const maxWordChars = 40

/** The word in which two texts differ first. A Han character is a word. */
function textDivergence(left: string, right: string): Divergence {
  const shorter = Math.min(left.length, right.length)
  let at = 0
  while (at < shorter && left[at] === right[at]) at += 1
  const code = left.charCodeAt(at - 1)
  if (at > 0 && code >= 0xd800 && code <= 0xdbff) at -= 1
  const inWord = (text: string, index: number) =>
    wordCharacter.test(text[index] ?? '') && !alone.test(text[index] ?? '')
  let start = at
  while (start > 0 && at - start < maxWordChars && inWord(left, start - 1) && (inWord(left, at) || inWord(right, at)))
    start -= 1
  const end = (text: string) => {
    let to = start
    // White space alone is nothing to look at: the word after it says what comes instead.
    while (to < text.length && /\s/u.test(text[to] ?? '')) to += 1
    while (to < text.length && to - start < maxWordChars && inWord(text, to)) to += 1
    const one = (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1
    return Math.max(to, Math.min(text.length, start + one))
  }
  return { left: { start, end: end(left) }, right: { start, end: end(right) }, token: null }
}

/** What a variant held likely at one place, its own token among them, most likely first. */
export interface Candidate {
  readonly text: string
  readonly id: number | null
  /** 0 to 1; null means below what the engine resolves. */
  readonly probability: number | null
  readonly chosen: boolean
}

/** The tokens a variant held likely where it wrote `token`; empty where no log-probabilities were stored. */
export function candidates(token: TokenRecord): readonly Candidate[] {
  if (token.logprob === null) return []
  const probability = (logprob: number | null) => (logprob === null ? null : Math.min(1, Math.exp(logprob)))
  const isChosen = ({ text, id }: TokenAlternative) =>
    id !== null && token.id !== null ? id === token.id : text === token.text
  const listed = token.alternatives.map((one) => ({
    text: one.text,
    id: one.id,
    probability: probability(one.logprob),
    chosen: isChosen(one),
  }))
  const own = { text: token.text, id: token.id, probability: probability(token.logprob), chosen: true }
  const all = listed.some(({ chosen }) => chosen) ? listed : [...listed, own]
  return all.toSorted((a, b) => (b.probability ?? 0) - (a.probability ?? 0))
}

/**
 * How far a variant held its own token above the other variant's, as a difference of probabilities, -1 to 1. Null where the
 * other's token is not among the stored alternatives.
 */
export function marginOver(own: TokenRecord, other: TokenRecord): number | null {
  const all = candidates(own)
  const mine = all.find(({ chosen }) => chosen)?.probability
  const theirs = all.find(({ text, id }) => (id !== null && other.id !== null ? id === other.id : text === other.text))
  return mine === undefined || mine === null || theirs?.probability == null ? null : mine - theirs.probability
}
