import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * Texts as blobs: SQLite's TEXT loses what is not well-formed UTF-16, and long text takes half the room deflated.
 * First byte: how the rest is written. Deflate and not zstd: the same size at 3 kB, and a stable part of Node.
 */
const UTF8 = 0
const UTF16 = 1
const DEFLATED = 2

/** Below this, deflate's own overhead eats what it saves. */
const minDeflateBytes = 128

/** Most texts fit one: buffers of 16 kB a call would pile up until the next collection. */
const smallChunks = { chunkSize: 4096 }
/** 64 kB of working memory and not 256: most of a short text's time went into clearing it, and the size is the same. */
const deflating = { ...smallChunks, windowBits: 13, memLevel: 6 }

/** Any string, lone surrogates and NUL included. */
export function packText(text: string): Uint8Array {
  return text.isWellFormed()
    ? packBytes(UTF8, Buffer.from(text, 'utf8'))
    : packBytes(UTF16, Buffer.from(text, 'utf16le'))
}

/** @throws RangeError when the blob was not written by `packText` */
export function unpackText(blob: Uint8Array): string {
  const { form, bytes } = unpackBytes(blob)
  if (form !== UTF8 && form !== UTF16) throw new RangeError(`unknown text form ${form}`)
  return bytes.toString(form === UTF8 ? 'utf8' : 'utf16le')
}

/** A form from 0 to 127 except 2, and the bytes behind it, deflated where that is shorter. */
function packBytes(form: number, bytes: Buffer): Uint8Array {
  if (bytes.length >= minDeflateBytes) {
    const deflated = deflateRawSync(bytes, deflating)
    if (deflated.length < bytes.length) return Buffer.concat([Buffer.of(form | DEFLATED), deflated])
  }
  return Buffer.concat([Buffer.of(form), bytes])
}

function unpackBytes(blob: Uint8Array): { readonly form: number; readonly bytes: Buffer } {
  const head = blob[0]
  if (head === undefined) throw new RangeError('empty blob')
  const body = Buffer.from(blob.buffer, blob.byteOffset + 1, blob.byteLength - 1)
  return (head & DEFLATED) === 0
    ? { form: head, bytes: body }
    : { form: head & ~DEFLATED, bytes: inflateRawSync(body, smallChunks) }
}
