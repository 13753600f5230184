import { Converter } from 'opencc-js/t2cn'

/** A text as the patterns see it, with the way back to the text as it was written. */
export interface NormalText {
  /** NFKC, lower case, Simplified Chinese, straight apostrophes, no Markdown marks, no invisible characters. */
  readonly text: string
  /** Unit `i` of `text` stands for the original's units from `starts[i]` up to, not including, `ends[i]` (UTF-16). */
  readonly starts: Int32Array
  readonly ends: Int32Array
}

const toSimplified = Converter({ from: 't', to: 'cn' })

/** Marks that carry layout and no words. Links keep their text. */
const markdown =
  /\*{1,3}|_{2,3}|~~|`{1,3}|^[ \t]{0,3}#{1,6}[ \t]+|^[ \t]{0,3}(?:[-*_][ \t]*){3,}$|\](?:\([^()\s]{0,2000}\))|\[(?=[^[\]\n]{1,500}\]\()/gm

/** Runs of plain ASCII go through in one piece; anything else character by character with its combining marks. */
const pieces = /[\n -~]+(?!\p{M})|\P{M}\p{M}*|\p{M}+/gsu
const invisible = /^\p{Cf}+$/u
const plainAscii = /^[\n -~]*$/

/** Makes the text that all patterns are matched on. Linear in the length; an empty text gives an empty one. */
export function normalise(original: string): NormalText {
  const text: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (const [from, to] of withoutMarkdown(original)) {
    for (const { 0: raw, index } of original.slice(from, to).matchAll(pieces)) {
      const plain = plainAscii.test(raw)
      const folded = plain ? raw.toLowerCase() : fold(raw)
      text.push(folded)
      for (let i = 0; i < folded.length; i++) {
        starts.push(from + index + (plain ? i : 0))
        ends.push(from + index + (plain ? i + 1 : raw.length))
      }
    }
  }
  return { text: simplify(text.join('')), starts: Int32Array.from(starts), ends: Int32Array.from(ends) }
}

/** Where a span of the normal text stands in the original. */
export function originalSpan({ starts, ends }: NormalText, start: number, end: number): { start: number; end: number } {
  return { start: starts[start] ?? 0, end: ends[end - 1] ?? 0 }
}

/** Traditional to Simplified for a pattern, so that it meets the text it is matched on. ASCII is left alone. */
export function simplifyPattern(pattern: string): string {
  return plainAscii.test(pattern) ? pattern : toSimplified(pattern)
}

function fold(raw: string): string {
  if (invisible.test(raw) || raw === '\r') return ''
  if (raw === '\u2019' || raw === '\u2018' || raw === '\u02BC') return "'"
  if (raw === '\t') return ' '
  return raw.normalize('NFKC').toLowerCase()
}

/** The converter works by phrases and may change the length; then it is applied to one character at a time. */
function simplify(text: string): string {
  if (plainAscii.test(text)) return text
  const whole = toSimplified(text)
  if (whole.length === text.length) return whole
  return Array.from(text, (character) => {
    const simple = toSimplified(character)
    return simple.length === character.length ? simple : character
  }).join('')
}

function withoutMarkdown(original: string): (readonly [number, number])[] {
  const kept: (readonly [number, number])[] = []
  let from = 0
  for (const { 0: mark, index } of original.matchAll(markdown)) {
    if (index > from) kept.push([from, index])
    from = index + mark.length
  }
  if (from < original.length) kept.push([from, original.length])
  return kept
}
