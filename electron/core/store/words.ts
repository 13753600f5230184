/** One word of a text as the index knows it. Offsets are UTF-16 units into the text it was found in. */
export interface Word {
  /** Lower case, compatibility forms and accents folded: equal for everything that a search holds equal. */
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * A Han character or a kana is a word of its own: those scripts put no spaces between words, so a query of any length
 * becomes a phrase of single characters (the long-vowel marks belong to no one script). Everything else is a run of letters, digits and the marks on them.
 */
const SINGLE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\uff70`
const WORD = new RegExp(String.raw`[${SINGLE}]|[[\p{L}\p{N}\p{M}]--[${SINGLE}]]+`, 'gv')
const ASCII = /^[0-9A-Za-z]+$/
/** Accents of Latin, Greek and Cyrillic. Vowel signs of other scripts are no accents and stay. */
const ACCENTS = /[\u0300-\u036f]/g
const NO_WORD = /[^\p{L}\p{N}\p{M}]/gv

/** The words of a text in order. Index, query and marks all use it, so they can never disagree. */
export function* words(text: string): Generator<Word> {
  for (const match of text.matchAll(WORD)) {
    const start = match.index
    yield { text: fold(match[0]), start, end: start + match[0].length }
  }
}

/** The words with a space between: what the full-text index is given. */
export function wordText(text: string): string {
  let out = ''
  for (const match of text.matchAll(WORD)) out += `${fold(match[0])} `
  return out
}

function fold(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase()
  // A compatibility form can fold to something with a space or a dot in it, which would be two words to the index.
  return word.normalize('NFKD').replaceAll(ACCENTS, '').toLowerCase().replaceAll(NO_WORD, '·')
}
