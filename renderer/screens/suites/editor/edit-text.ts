/** A change of a text: `insert` takes the place of what stands from `from` up to `to`; then `select` is selected. */
export interface TextEdit {
  readonly from: number
  readonly to: number
  readonly insert: string
  readonly select: readonly [start: number, end: number]
}

/** One level. YAML allows no tabs. */
const indent = '  '

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

/** The whole lines that a selection touches; one that it only reaches the beginning of is not touched. */
function touchedLines(text: string, start: number, end: number) {
  const from = lineStart(text, start)
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end
  const next = text.indexOf('\n', last)
  const to = next < 0 ? text.length : next
  return { from, to, lines: text.slice(from, to).split('\n') }
}

/** What Tab does: spaces up to the next level at the caret, or every selected line one level in. */
export function indentLines(text: string, start: number, end: number): TextEdit {
  if (!text.slice(start, end).includes('\n')) {
    const column = start - lineStart(text, start)
    const insert = ' '.repeat(indent.length - (column % indent.length))
    return { from: start, to: end, insert, select: [start + insert.length, start + insert.length] }
  }
  const { from, to, lines } = touchedLines(text, start, end)
  const insert = lines.map((line) => (line === '' ? line : indent + line)).join('\n')
  const first = lines[0] === '' ? 0 : indent.length
  return { from, to, insert, select: [start + first, end + insert.length - (to - from)] }
}

/** What Shift Tab does: every line that the selection touches one level out. */
export function outdentLines(text: string, start: number, end: number): TextEdit {
  const { from, to, lines } = touchedLines(text, start, end)
  const moved = lines.map((line) => line.replace(/^ {1,2}/, ''))
  const insert = moved.join('\n')
  const first = (lines[0]?.length ?? 0) - (moved[0]?.length ?? 0)
  const select = [Math.max(from, start - first), Math.max(from, end - (to - from - insert.length))] as const
  return { from, to, insert, select }
}

/** What Enter does: the next line is indented like this one, and one level more after a colon. */
export function newLine(text: string, start: number, end: number): TextEdit {
  const line = text.slice(lineStart(text, start), start)
  const lead = line.match(/^ */)?.[0] ?? ''
  // Below `- id: a` the item's other keys follow, so they begin where its first one does.
  const item = /^ *(?:- +)+/.exec(line)?.[0]
  const level = item !== undefined && /\S/.test(line.slice(item.length)) ? ' '.repeat(item.length) : lead
  const insert = `\n${level}${/:\s*$/.test(line) ? indent : ''}`
  return { from: start, to: end, insert, select: [start + insert.length, start + insert.length] }
}
