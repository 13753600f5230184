import { createHash } from 'node:crypto'

/** SHA-256 of a text, lower-case hex. Lone surrogates count: UTF-8 would make them all the same. */
export function textHash(text: string): string {
  return createHash('sha256')
    .update(text, text.isWellFormed() ? 'utf8' : 'utf16le')
    .digest('hex')
}
