import type { PlainPiece } from './piece-maker.ts'
import type { Piece } from './protocol.ts'

/** A message for every token would cost more than the token of a small model. People cannot see less than this. */
const batchEveryMs = 10

/** Sends the first piece at once and the others together, at most every 10 ms. */
export function createTextBatcher(send: (pieces: readonly Piece[]) => void): {
  readonly push: (piece: PlainPiece) => void
  readonly flush: () => void
} {
  const startMs = performance.now()
  let sentMs = Number.NEGATIVE_INFINITY
  let waiting: Piece[] = []
  let timer: NodeJS.Timeout | null = null

  const flush = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (waiting.length === 0) return
    send(waiting)
    waiting = []
    sentMs = performance.now()
  }
  return {
    push(piece) {
      const nowMs = performance.now()
      waiting.push({ ...piece, tokens: [...piece.tokens], atMs: nowMs - startMs } as Piece)
      if (nowMs - sentMs >= batchEveryMs) flush()
      else timer ??= setTimeout(flush, batchEveryMs - (nowMs - sentMs))
    },
    flush,
  }
}
