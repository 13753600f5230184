/** A stretch of the normal text. */
export interface Span {
  readonly start: number
  readonly end: number
}

const closers = new Set(['"', '”', '』', '」', ')', '）', "'"])

/** Sentences in order, without the white space around them. A line break ends one, a decimal point does not. */
export function splitSentences(text: string): readonly Span[] {
  const sentences: Span[] = []
  let start = 0
  const close = (end: number): void => {
    const piece = text.slice(start, end)
    const lead = piece.length - piece.trimStart().length
    const trail = piece.length - piece.trimEnd().length
    if (lead < piece.length) sentences.push({ start: start + lead, end: end - trail })
    start = end
  }
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\n') close(i)
    else if (endsSentence(text, i)) {
      while (i + 1 < text.length && closers.has(text[i + 1] ?? '')) i++
      close(i + 1)
    }
  }
  close(text.length)
  return sentences
}

function endsSentence(text: string, at: number): boolean {
  const unit = text[at] ?? ''
  if ('。!?'.includes(unit)) return true
  // NFKC makes ？ and ！ of the full-width forms ASCII; a full stop needs white space or the end behind it.
  return unit === '.' && /^[.\s"”')]|^$/.test(text.slice(at + 1, at + 2))
}

/** The sentence that holds a position; the whole text where there is none. */
export function sentenceAt(sentences: readonly Span[], position: number): Span & { readonly index: number } {
  let low = 0
  let high = sentences.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const sentence = sentences[middle]
    if (sentence === undefined) break
    if (position < sentence.start) high = middle - 1
    else if (position >= sentence.end) low = middle + 1
    else return { ...sentence, index: middle }
  }
  return { start: position, end: position, index: Math.max(0, high) }
}

const pairs: Readonly<Record<string, string>> = { '“': '”', '「': '」', '『': '』', '«': '»' }
const quoteRoom = 600

/** What stands in quotation marks or in a Markdown quotation. A mark without a partner on its paragraph quotes nothing. */
export function quotedSpans(text: string): readonly Span[] {
  const spans: Span[] = []
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] ?? ''
    if (unit === '>' && (i === 0 || text[i - 1] === '\n')) {
      const end = text.indexOf('\n', i)
      spans.push({ start: i, end: end === -1 ? text.length : end })
      continue
    }
    const partner = unit === '"' ? '"' : pairs[unit]
    if (partner === undefined) continue
    const end = closingQuote(text, i + 1, partner)
    if (end === -1) continue
    spans.push({ start: i, end: end + 1 })
    i = end
  }
  return spans
}

function closingQuote(text: string, from: number, partner: string): number {
  const limit = Math.min(text.length, from + quoteRoom)
  for (let i = from; i < limit; i++) {
    if (text[i] === partner) return i
    if (text[i] === '\n') return -1
  }
  return -1
}

export function isInside(spans: readonly Span[], position: number): boolean {
  return spans.some(({ start, end }) => position >= start && position < end)
}
