import type { TokenRecord } from '#shared/domain/trace.ts'

/** Text with the tokens that it came from. */
export interface PlainPiece {
  readonly text: string
  readonly tokenCount: number
  readonly tokens: readonly TokenRecord[]
}

/** Text of `tokens` where it follows `before`, special tokens as they are; bytes that are no character yet as U+FFFD. */
export type Detokenize = (tokens: readonly number[], before: readonly number[]) => string

const replacement = '\uFFFD'
/** A character has four bytes at most; whoever sends this many broken ones in a row means them. */
const mostPending = 64
/** How far back a tokenizer looks to decide on a space. */
const lookBack = 3

/**
 * Turns tokens into text that only grows: a token that ends inside a character waits for the rest of it.
 * All pieces joined are the text of all tokens.
 */
export function createPieceMaker(
  detokenize: Detokenize,
  promptEnd: readonly number[],
): {
  readonly push: (token: number, record: TokenRecord | null) => PlainPiece | null
  /** What is still waiting, if anything. */
  readonly flush: () => PlainPiece | null
} {
  let before = promptEnd.slice(-lookBack)
  let pending: number[] = []
  let records: TokenRecord[] = []

  const take = (text: string): PlainPiece => {
    const piece = { text, tokenCount: pending.length, tokens: records }
    before = [...before, ...pending].slice(-lookBack)
    pending = []
    records = []
    return piece
  }
  return {
    push(token, record) {
      pending.push(token)
      if (record !== null) records.push(record)
      const text = detokenize(pending, before)
      const waits = text === '' || text.endsWith(replacement)
      return waits && pending.length < mostPending ? null : take(text)
    },
    flush: () => (pending.length === 0 ? null : take(detokenize(pending, before))),
  }
}
