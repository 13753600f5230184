import type { Position } from './source.ts'

interface Cell {
  readonly delimiter: string
  /** Its place in the row, from 0. */
  readonly index: number
}

/** Where a cell of a table begins; for one that its row lacks, where the row ends. The row was read without fault. */
export function placeOfCell(
  text: string,
  { line, start }: { readonly line: number; readonly start: number },
  cell: Cell,
): Position {
  const lines = text.slice(start, cellStart(text, start, cell)).split('\n')
  return { line: line + lines.length - 1, column: (lines.at(-1) ?? '').length + 1 }
}

function cellStart(text: string, start: number, { delimiter, index }: Cell): number {
  let at = start
  for (let cell = 0; cell < index; cell++) {
    at = text[at] === '"' ? afterQuotes(text, at) : at
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
    if (text[at] !== delimiter) return at
    at++
  }
  return at
}

/** Behind the quote that closes the cell; two quotes are one that is meant. */
function afterQuotes(text: string, open: number): number {
  let at = text.indexOf('"', open + 1)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at < 0 ? text.length : at + 1
}
