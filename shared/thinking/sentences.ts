/** A stretch of a text. Offsets are UTF-16 units. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Ends of sentences in Latin and Chinese punctuation, and line breaks. A point between digits ends nothing. */
const sentenceEnd = /[.!?]+["'”’)]*(?=\s|$)|[。！？…]+[”’」』）]*|\n+/gu

/** The sentences of a text, in order, without the white space around them. */
export function sentences(text: string): readonly Stretch[] {
  const found: Stretch[] = []
  let from = 0
  const take = (to: number) => {
    const body = text.slice(from, to)
    const start = from + (body.length - body.trimStart().length)
    const end = from + body.trimEnd().length
    if (start < end) found.push({ start, end })
    from = to
  }
  for (const match of text.matchAll(sentenceEnd)) take(match.index + match[0].length)
  take(text.length)
  return found
}
