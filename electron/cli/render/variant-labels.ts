import type { RunVariant } from '#shared/domain/run.ts'
import { variantNames } from '#shared/domain/variant-names.ts'
import { plainLine } from './plain-text.ts'

/** What to call the variants of one run, by index, safe on a terminal. */
export const variantLabels = (variants: readonly RunVariant[]): ReadonlyMap<number, string> =>
  new Map([...variantNames(variants)].map(([index, name]) => [index, plainLine(name)]))

/** A word at least this long may be broken: no name that people gave has one. */
const longWord = 16

/**
 * Breaks a long name into lines of about `width`, after a separator: a word stays whole, and the column is as wide as it
 * needs. Only what nobody reads as a word, such as a digest, is broken anywhere.
 */
export function foldName(name: string, width: number): string {
  const most = Math.max(width, longWord)
  const lines: string[] = []
  let line = ''
  for (const word of name.match(/[^\s:/_-]+[\s:/_-]*|[\s:/_-]+/g) ?? []) {
    if (line !== '' && (line + word).trimEnd().length > width) {
      lines.push(line)
      line = ''
    }
    line += word
    while (line.trimEnd().length > most) {
      lines.push(line.slice(0, most))
      line = line.slice(most)
    }
  }
  return [...lines, line].map((text) => text.trimEnd()).join('\n')
}
