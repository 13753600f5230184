import { hash } from 'node:crypto'

/** SHA-256 of a text, lower-case hex. Lone surrogates count: UTF-8 would make them all the same. */
export function textHash(text: string): string {
  return hash('sha256', text.isWellFormed() ? text : Buffer.from(text, 'utf16le'), 'hex')
}
