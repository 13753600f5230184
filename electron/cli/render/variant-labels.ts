import type { RunVariant } from '#shared/domain/run.ts'
import { plainLine } from './plain-text.ts'

/** What to call the variants of one run, by index: the precision where it tells them apart, else the whole name. */
export function variantLabels(variants: readonly RunVariant[]): ReadonlyMap<number, string> {
  const measured = variants.filter(({ role }) => role !== 'repeat')
  const families = new Set(measured.map(({ variant }) => variant.family))
  const precisions = new Set(measured.map(({ variant }) => variant.precision.name))
  const byPrecision = families.size === 1 && precisions.size === measured.length
  return new Map(
    variants.map(({ index, role, variant }) => {
      const { name, simulated } = variant.precision
      const chosen = plainLine(byPrecision ? name : variant.name)
      const label = simulated && !chosen.includes('simulated') ? `${chosen} (simulated)` : chosen
      return [index, role === 'repeat' ? `${label} (second pass)` : label]
    }),
  )
}

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
