import type { RunVariant } from '#shared/domain/run.ts'
import { variantNames } from '#shared/domain/variant-names.ts'
import { plainLine } from './plain-text.ts'

/** What to call the variants of one run, by index, safe on a terminal. */
export const variantLabels = (variants: readonly RunVariant[]): ReadonlyMap<number, string> =>
  new Map([...variantNames(variants)].map(([index, name]) => [index, plainLine(name)]))

const breaks = /[\s:/_-]/

/** Breaks a long name into lines of at most `width`, after a separator where there is one. */
export function foldName(name: string, width: number): string {
  const lines: string[] = []
  let rest = name
  while (rest.length > width) {
    let at = width
    while (at > width / 2 && !breaks.test(rest[at - 1] ?? '')) at -= 1
    if (at <= width / 2) at = width
    lines.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return [...lines, rest].join('\n')
}
