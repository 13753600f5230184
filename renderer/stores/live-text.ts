/** Characters that are kept: what scrolled away is in the trace. */
const maxChars = 8000
/** A piece that found no line break by here is ended at a space, so that drawing its growth stays cheap. */
const maxPieceChars = 800

/**
 * Text that grows at its end and loses its beginning. Its pieces (lines, mostly) keep their identity: when text comes,
 * only the last piece is another one than before, and only that has to be drawn.
 */
export interface LiveText {
  /** Number of the first piece since the text began. */
  readonly first: number
  readonly pieces: readonly string[]
  readonly chars: number
}

export const noText: LiveText = { first: 0, pieces: [], chars: 0 }

export function appendText(text: LiveText, added: string): LiveText {
  if (added === '') return text
  const open = text.pieces.at(-1)
  const continues = open !== undefined && !isWhole(open)
  const kept = continues ? text.pieces.slice(0, -1) : text.pieces
  return dropBeginning({
    first: text.first,
    pieces: [...kept, ...cutPieces((continues ? open : '') + added)],
    chars: text.chars + added.length,
  })
}

const isWhole = (piece: string): boolean => piece.endsWith('\n') || (piece.length >= maxPieceChars && /\s$/.test(piece))

function cutPieces(text: string): string[] {
  return text.split(/(?<=\n)/).flatMap((line) => {
    const pieces: string[] = []
    let rest = line
    while (rest.length > maxPieceChars) {
      const space = rest.indexOf(' ', maxPieceChars - 1)
      if (space === -1 || space + 1 === rest.length) break
      pieces.push(rest.slice(0, space + 1))
      rest = rest.slice(space + 1)
    }
    return [...pieces, rest]
  })
}

function dropBeginning(text: LiveText): LiveText {
  let { first, chars } = text
  let dropped = 0
  while (chars > maxChars && dropped < text.pieces.length - 1) {
    chars -= text.pieces[dropped]?.length ?? 0
    dropped += 1
  }
  return dropped === 0 ? text : { first: first + dropped, pieces: text.pieces.slice(dropped), chars }
}
