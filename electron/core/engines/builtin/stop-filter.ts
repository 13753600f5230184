import type { PlainPiece } from './piece-maker.ts'

export interface StopFilter {
  /** Pieces that are certainly before any stop string, and whether one was found. */
  readonly push: (piece: PlainPiece) => { readonly pieces: readonly PlainPiece[]; readonly stopped: boolean }
  /** What was held back, when no more text comes. */
  readonly flush: () => readonly PlainPiece[]
}

/**
 * Cuts a text before the first stop string in it. Holds back only as much as could still become one.
 * A piece that the cut goes through keeps all its tokens.
 */
export function createStopFilter(stops: readonly string[]): StopFilter {
  const wanted = stops.filter((stop) => stop !== '')
  let held: PlainPiece[] = []

  const release = (length: number): PlainPiece[] => {
    const released: PlainPiece[] = []
    let end = 0
    while (held[0] !== undefined && (end += held[0].text.length) <= length) released.push(...held.splice(0, 1))
    return released
  }
  return {
    push(piece) {
      if (wanted.length === 0) return { pieces: [piece], stopped: false }
      held.push(piece)
      const text = held.map((one) => one.text).join('')
      const at = firstStop(text, wanted)
      if (at === null) return { pieces: release(text.length - openTail(text, wanted)), stopped: false }
      const pieces = release(at)
      const kept = pieces.reduce((sum, one) => sum + one.text.length, 0)
      const through = held[0]
      held = []
      if (through !== undefined && kept < at) pieces.push({ ...through, text: through.text.slice(0, at - kept) })
      return { pieces, stopped: true }
    },
    flush() {
      const rest = held
      held = []
      return rest
    },
  }
}

function firstStop(text: string, stops: readonly string[]): number | null {
  const found = stops.map((stop) => text.indexOf(stop)).filter((at) => at !== -1)
  return found.length === 0 ? null : Math.min(...found)
}

/** Length of the longest end of `text` with which a stop string begins. */
function openTail(text: string, stops: readonly string[]): number {
  const longest = Math.max(...stops.map((stop) => stop.length)) - 1
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    const tail = text.slice(-length)
    if (stops.some((stop) => stop.startsWith(tail))) return length
  }
  return 0
}
