import type { TraceMarks } from '#shared/contract/views.ts'
import type { Trace } from '#shared/domain/run.ts'
import type { TokenRecord } from '#shared/domain/trace.ts'
import { findSigns, type ThinkingSign } from '#shared/thinking/markers.ts'
import type { TokenPlace } from '#shared/thinking/place-tokens.ts'
import { cutSteps } from '#shared/thinking/steps.ts'
import { heatStep, type HeatScale } from '#shared/thinking/token-heat.ts'
import { diffWords } from '../../text/diff-words.ts'
import type { MarkedRange } from '../../text/marked-text.tsx'
import type { Part } from './trace-choice.ts'

/** A stretch of a trace that is drawn by itself. All offsets are UTF-16 units into the raw text. */
export interface Section {
  readonly start: number
  readonly end: number
  readonly signs: readonly ThinkingSign[]
  /** How many; null where they were not stored. */
  readonly tokens: number | null
}

/** The steps of the thinking, with what is remarkable in each. */
export function stepsOf({ raw, split }: Trace, places: readonly TokenPlace[] | null): readonly Section[] {
  const { start, end } = split.thinking
  const thinking = raw.slice(start, end)
  const signs = findSigns(thinking)
  let [sign, place] = [0, 0]
  // Steps, signs and places all come in order: one walk over the three.
  return cutSteps(thinking).map((step) => {
    const section = { start: start + step.start, end: start + step.end }
    const firstSign = sign
    while (sign < signs.length && (signs[sign]?.start ?? 0) < step.end) sign += 1
    let tokens = 0
    for (let at = places?.[place]; at !== undefined && at.start < section.end; at = places?.[++place]) {
      if (at.start >= section.start) tokens += at.last - at.first + 1
    }
    const here = signs.slice(firstSign, sign).map((one) => ({ ...one, start: start + one.start, end: start + one.end }))
    return { ...section, signs: here, tokens: places === null ? null : tokens }
  })
}

export function tokensBetween(
  places: readonly TokenPlace[],
  { start, end }: { readonly start: number; readonly end: number },
): number {
  return places
    .filter((place) => place.start >= start && place.start < end)
    .reduce((sum, { first, last }) => sum + last - first + 1, 0)
}

/** How unsure each token was. Tokens that share a place are as unsure as the least sure of them. */
export function heatRanges(
  places: readonly TokenPlace[],
  tokens: readonly TokenRecord[],
  scale: HeatScale,
): readonly MarkedRange[] {
  return places.flatMap(({ start, end, first, last }): MarkedRange[] => {
    const steps = tokens.slice(first, last + 1).map((token) => heatStep(token, scale))
    const known = steps.filter((step) => step !== null)
    if (known.length === 0) return []
    const step = Math.max(...known)
    return [{ start, end, mark: { kind: 'heat', step, token: first + steps.indexOf(step) } }]
  })
}

/** Hits of the search in the raw text; `current` counts within one part. */
export function hitRanges(
  { split }: Trace,
  marks: TraceMarks,
  current: { readonly part: Part; readonly place: number } | null,
): readonly MarkedRange[] {
  return (['thinking', 'answer'] as const).flatMap((part) =>
    marks[part].map(({ start, end }, index): MarkedRange => ({
      start: split[part].start + start,
      end: split[part].start + end,
      mark: { kind: 'hit', current: current?.part === part && current.place === index },
    })),
  )
}

export interface DiffRanges {
  readonly left: readonly MarkedRange[]
  readonly right: readonly MarkedRange[]
}

/** Words that only one of two traces has, thinking against thinking and answer against answer. Null: too different to say. */
export function diffRanges(
  left: Trace,
  right: Trace,
  precisions: { readonly left: string; readonly right: string },
): DiffRanges | null {
  const ranges = { left: [] as MarkedRange[], right: [] as MarkedRange[] }
  for (const part of ['thinking', 'answer'] as const) {
    const text = ({ raw, split }: Trace) => raw.slice(split[part].start, split[part].end)
    const diff = diffWords(text(left), text(right))
    if (diff === null) return null
    for (const side of ['left', 'right'] as const) {
      const from = (side === 'left' ? left : right).split[part].start
      for (const { start, end } of diff[side]) {
        ranges[side].push({
          start: from + start,
          end: from + end,
          mark: { kind: 'only', precision: precisions[side] },
        })
      }
    }
  }
  return ranges
}

/** What is said of a sign, on its step and on hover. */
export function signWords(sign: ThinkingSign): string {
  switch (sign.kind) {
    case 'self-correction':
      return 'self-correction'
    case 'loop':
      return `loop × ${sign.times}`
    case 'language-switch':
      return `${sign.from} to ${sign.to}`
  }
}

/** The ranges that lie over each section, in one pass over both. Sections in order and apart. */
export function shareRanges(
  sections: readonly { readonly start: number; readonly end: number }[],
  ranges: readonly MarkedRange[],
): readonly (readonly MarkedRange[])[] {
  const sorted = ranges.toSorted((a, b) => a.start - b.start)
  const shares: MarkedRange[][] = sections.map(() => [])
  let first = 0
  for (const range of sorted) {
    while (first < sections.length && (sections[first]?.end ?? 0) <= range.start) first += 1
    for (let at = first; at < sections.length && (sections[at]?.start ?? 0) < range.end; at += 1)
      shares[at]?.push(range)
  }
  return shares
}
