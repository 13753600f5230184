import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { TokenAlternative, TokenRecord } from '#shared/domain/trace.ts'

/**
 * Tokens with log-probabilities as one blob. Byte 0 is the version; the rest is deflated and holds four parts:
 *
 *   texts        count, then per different text its length in bytes and its UTF-16LE or UTF-8 bytes (see below)
 *   shape        token count, then alternatives a token
 *   entries      per token, then per alternative of it: index of its text, id + 1 (0: none)
 *   logprobs     one little-endian float32 an entry, NaN for null, in the same order
 *
 * Whole numbers are LEB128. A text's length is doubled, plus 1 where the text is not well-formed and is kept as UTF-16.
 * Engines compute log-probabilities in float32 or coarser, so nothing they know is lost.
 */
const VERSION = 1

export function encodeTokens(tokens: readonly TokenRecord[]): Uint8Array {
  const entries = tokens.flatMap((token): TokenAlternative[] => [token, ...token.alternatives])
  const texts = new Map<string, number>()
  for (const { text } of entries) if (!texts.has(text)) texts.set(text, texts.size)

  const out = new ByteWriter()
  out.number(texts.size)
  for (const text of texts.keys()) out.text(text)
  out.number(tokens.length)
  for (const { alternatives } of tokens) out.number(alternatives.length)
  for (const { text, id } of entries) {
    out.number(texts.get(text) ?? 0)
    out.number(idCode(id))
  }
  const logprobs = Buffer.alloc(entries.length * 4)
  entries.forEach(({ logprob }, index) => logprobs.writeFloatLE(logprob ?? Number.NaN, index * 4))
  return Buffer.concat([Buffer.of(VERSION), deflateRawSync(Buffer.concat([out.bytes(), logprobs]))])
}

/** @throws RangeError when the blob is cut, damaged or of a later version */
export function decodeTokens(blob: Uint8Array): TokenRecord[] {
  if (blob[0] !== VERSION) throw new RangeError(`tokens of an unknown version ${blob[0]}`)
  const input = new ByteReader(inflateRawSync(blob.subarray(1)))
  const texts = Array.from({ length: input.count() }, () => input.text())
  const shape = Array.from({ length: input.count() }, () => input.number())
  const total = shape.reduce((sum, alternatives) => sum + 1 + alternatives, 0)
  if (total > input.left) throw new RangeError('tokens are cut short')
  const heads = Array.from({ length: total }, () => ({ text: texts[input.number()], id: input.number() }))
  const entries = heads.map(({ text, id }): TokenAlternative => {
    if (text === undefined) throw new RangeError('a token names a text that is not there')
    const logprob = input.float()
    return { text, logprob: Number.isNaN(logprob) ? null : logprob, id: id === 0 ? null : id - 1 }
  })
  if (input.left !== 0) throw new RangeError('tokens are followed by something else')
  let at = 0
  return shape.map((alternatives) => {
    const [token, ...rest] = entries.slice(at, (at += 1 + alternatives))
    if (token === undefined) throw new RangeError('tokens are cut short')
    return { ...token, alternatives: rest }
  })
}

function idCode(id: number | null): number {
  if (id === null) return 0
  if (id < 0) throw new RangeError(`not a token id: ${id}`)
  return id + 1
}

class ByteWriter {
  readonly #chunks: Uint8Array[] = []
  #small: number[] = []

  number(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a whole number: ${value}`)
    let rest = value
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.#small.push((rest % 0x80) | 0x80)
    this.#small.push(rest)
  }

  text(text: string): void {
    const wellFormed = text.isWellFormed()
    const bytes = Buffer.from(text, wellFormed ? 'utf8' : 'utf16le')
    this.number(bytes.length * 2 + (wellFormed ? 0 : 1))
    this.#chunks.push(Uint8Array.from(this.#small), bytes)
    this.#small = []
  }

  bytes(): Buffer {
    return Buffer.concat([...this.#chunks, Uint8Array.from(this.#small)])
  }
}

class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  number(): number {
    let value = 0
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined || scale > 2 ** 49) throw new RangeError('tokens are cut short')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }

  /** How many things follow. Each takes a byte at least, so a damaged count cannot ask for more memory than the blob. */
  count(): number {
    const value = this.number()
    if (value > this.left) throw new RangeError('tokens are cut short')
    return value
  }

  text(): string {
    const head = this.number()
    const length = Math.floor(head / 2)
    if (length > this.left) throw new RangeError('tokens are cut short')
    const bytes = this.#bytes.subarray(this.#at, (this.#at += length))
    return bytes.toString(head % 2 === 0 ? 'utf8' : 'utf16le')
  }

  float(): number {
    if (this.left < 4) throw new RangeError('tokens are cut short')
    const value = this.#bytes.readFloatLE(this.#at)
    this.#at += 4
    return value
  }
}
