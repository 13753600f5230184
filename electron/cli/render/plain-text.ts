import { stripVTControlCharacters } from 'node:util'

// C0 and C1 without tab and line feed, and the characters that turn the direction of writing around.
// oxlint-disable-next-line no-control-regex -- these are what it is for
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text of a model, a file or an engine as a terminal may see it: whatever could steer the terminal is made visible. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text.replaceAll('\r\n', '\n')).replace(unsafe, codePoint)
}

/** The same on one line. */
export const plainLine = (text: string): string => plainText(text).replace(/\s+/gu, ' ').trim()

/** A JSON document that is also safe to print on a terminal: the same document, with such characters escaped. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(unsafe, escape)

const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(4, '0')
const codePoint = (character: string) => `<U+${hex(character).toUpperCase()}>`
const escape = (character: string) => `\\u${hex(character)}`
