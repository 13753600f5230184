/** A stretch of a line and what it is, for its colour. */
export interface Piece {
  readonly text: string
  readonly kind: 'key' | 'value' | 'comment'
}

const key =
  /^(\s*(?:- +)*(?:[{[] *)?)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[\]{}&*!|>%@`,-][^#:]*?|-[^\s:][^#:]*?)(\s*:)(?=\s|$)/

/** Takes one line of YAML or JSON apart. `isText`: it lies inside a block of text, where nothing means anything. */
export function highlightLine(line: string, isText: boolean): readonly Piece[] {
  if (isText || line.length > mostChars) return [{ text: line, kind: 'value' }]
  const found = key.exec(line)
  if (found === null) return valueAndComment(line)
  const [whole, lead = '', name = '', colon = ''] = found
  return [
    ...(lead === '' ? [] : [{ text: lead, kind: 'value' as const }]),
    { text: name, kind: 'key' },
    { text: colon, kind: 'value' },
    ...valueAndComment(line.slice(whole.length)),
  ]
}

/** Longer lines are shown plain. */
const mostChars = 2000

function valueAndComment(text: string): readonly Piece[] {
  const at = commentStart(text)
  const pieces: readonly Piece[] = [
    { text: text.slice(0, at), kind: 'value' },
    { text: text.slice(at), kind: 'comment' },
  ]
  return pieces.filter((piece) => piece.text !== '')
}

/** Where a comment begins: at a `#` after white space and outside of quotes; else the end. */
function commentStart(text: string): number {
  let quote: string | null = null
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    const isFirst = at === 0 || /[\s,[{:]/.test(text.charAt(at - 1))
    if (quote !== null) {
      if (char === '\\' && quote === '"') at++
      else if (char === quote) quote = null
    } else if ((char === '"' || char === "'") && isFirst) quote = char
    else if (char === '#' && (at === 0 || /\s/.test(text.charAt(at - 1)))) return at
  }
  return text.length
}

const opensBlock = /(?:^|[\s:-])[|>][+-]?\d?[+-]?\s*(?:#.*)?$/
const dashOfBlock = /^ *(?:- +)*?(?=- +[|>])/
const beforeKey = /^ *(?:- +)*/

/** For each line whether it belongs to a block of text (`text: |`), which ends where a line is indented no deeper than its key. */
export function findTextBlocks(lines: readonly string[]): readonly boolean[] {
  let level: number | null = null
  return lines.map((line) => {
    const indentation = line.search(/\S/)
    if (level !== null && (indentation < 0 || indentation > level)) return true
    level = opensBlock.test(line) ? ((dashOfBlock.exec(line) ?? beforeKey.exec(line))?.[0].length ?? 0) : null
    return false
  })
}
