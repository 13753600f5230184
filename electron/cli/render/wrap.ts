import { stripVTControlCharacters } from 'node:util'

/** Breaks a sentence between words so that no line is longer than `columns`, where words allow it. */
export function wrap(sentence: string, columns: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of sentence.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].join('\n')
}

/** Characters in the longest line as a terminal shows it. */
export const widest = (text: string): number =>
  Math.max(...text.split('\n').map((line) => stripVTControlCharacters(line).length))

/** The first of some layouts that fits, else the last: they come from wide to narrow. */
export function firstThatFits(columns: number, ...layouts: readonly (() => string)[]): string {
  let drawn = ''
  for (const draw of layouts) {
    drawn = draw()
    if (widest(drawn) <= columns) return drawn
  }
  return drawn
}
