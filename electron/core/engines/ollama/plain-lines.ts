import { isUtf8 } from 'node:buffer'

/** Larger ones are looked at line by line: an expression over a long text needs memory for every character of it. */
const maxBytes = 256 * 1024

const jsonString = String.raw`"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"`
/** A line of a generation as nearly all of them are: a piece of text, and that it goes on. */
const plainLine = new RegExp(
  String.raw`\{(?:"(?:model|created_at|response|thinking)":${jsonString},)+"done":false\}\n`,
  'y',
)

/**
 * How many bytes at the beginning are lines that need not be parsed to be known for what they are: whole, well-formed,
 * with no error in them and not the last. What follows may still be all that; it has to be parsed to know.
 */
export function plainLength(bytes: Uint8Array): number {
  if (bytes.length > maxBytes || !isUtf8(bytes)) return 0
  // A character a byte: places in the text are places in the bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  let end = 0
  plainLine.lastIndex = 0
  while (plainLine.test(text)) end = plainLine.lastIndex
  return end
}
