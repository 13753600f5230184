/** HTML or SVG that is safe to put into a page: only `html` makes it. */
export interface Markup {
  readonly markup: string
}

type Piece = string | number | Markup | readonly Markup[] | null

/** Template tag: whatever is put in is escaped, unless it is markup itself. Null puts in nothing. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const markup = parts.reduce((sum, part, i) => sum + pieceMarkup(pieces[i - 1] ?? null) + part)
  return { markup }
}

/** Many pieces one after the other. */
export const join = (pieces: readonly Markup[], between = ''): Markup => ({
  markup: pieces.map(({ markup }) => markup).join(between),
})

function pieceMarkup(piece: Piece): string {
  if (piece === null) return ''
  if (typeof piece === 'string' || typeof piece === 'number') return escapeText(String(piece))
  return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Safe in text and between quotes. What a browser may not see, or what turns the direction of writing, is made visible. */
export const escapeText = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? '')

// Controls but tab and line feed, bidirectional controls, and halves of surrogate pairs.
const unsafe =
  // oxlint-disable-next-line no-control-regex -- these are what it is for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu

/** The same text with what could deceive a reader or break a document replaced by its code point. */
export const visible = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(
      unsafe,
      (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    )
