import { useMemo } from 'react'
import { firstDivergence } from '#shared/thinking/first-divergence.ts'
import type { MarkedRange } from '../../text/marked-text.tsx'
import type { Parting } from './divergence-panel.tsx'
import { diffRanges, heatRanges, hitRanges, type DiffRanges } from './pane-marks.ts'
import type { TraceChoice } from './trace-choice.ts'
import type { Hit } from './use-hits.ts'
import type { Pane } from './use-pane.ts'

/** Where the first pane's text and each other's part. */
export function usePartings(panes: readonly Pane[], hasTokens: boolean): readonly Parting[] {
  return useMemo(() => {
    const [left, ...others] = panes
    if (left === undefined) return []
    return others.map((right) => ({ left, right, divergence: divergenceOf(left, right, hasTokens) }))
  }, [panes, hasTokens])
}

function divergenceOf(left: Pane, right: Pane, hasTokens: boolean): Parting['divergence'] {
  if (left.trace === null || right.trace === null) return undefined
  // Tokens come a moment after the text: until then nothing is said, so that the mark does not jump.
  if (hasTokens && (left.tokens === null || right.tokens === null) && left.error === null && right.error === null) {
    const late = [left, right].some(({ tokens, trace }) => tokens === null && (trace?.logprobsMissing ?? null) !== null)
    if (late) return undefined
  }
  return firstDivergence({ raw: left.trace.raw, tokens: left.tokens }, { raw: right.trace.raw, tokens: right.tokens })
}

export interface PaneMarks {
  readonly ranges: readonly MarkedRange[]
  readonly endsAtDivergence: boolean
}

export interface Marks {
  readonly panes: readonly PaneMarks[]
  /** True where a word diff was asked for and the texts have too little in common. */
  readonly tooDifferent: boolean
}

/** Everything that is marked in each pane. */
export function useMarks(
  panes: readonly Pane[],
  partings: readonly Parting[],
  { heat, view, hit, current }: Pick<TraceChoice, 'heat' | 'view' | 'hit'> & { readonly current: Hit | undefined },
): Marks {
  const diffs = useMemo(() => (view === 'diff' ? diffsOf(panes) : null), [panes, view])
  const heats = useMemo(
    () =>
      panes.map(({ places, tokens }) =>
        heat === null || places === null || tokens === null ? [] : heatRanges(places, tokens, heat),
      ),
    [panes, heat],
  )
  return useMemo(() => {
    const ranges = panes.map((pane, index): PaneMarks => {
      const spots = partings.flatMap(({ right, divergence }) =>
        divergence == null ? [] : index === 0 ? [divergence.left] : right === pane ? [divergence.right] : [],
      )
      return {
        ranges: [
          ...spots.map((spot) => divergenceRange(pane, spot)),
          ...hitsOf(pane, hit, current),
          ...(diffs?.[index] ?? []),
          ...(heats[index] ?? []),
        ],
        endsAtDivergence: spots.some(({ start, end }) => start === end),
      }
    })
    return { panes: ranges, tooDifferent: view === 'diff' && diffs === null && panes.length > 1 }
  }, [panes, partings, diffs, heats, hit, current, view])
}

/** The box stands around what can be read of a token, not around the space before it. */
function divergenceRange(
  { trace }: Pane,
  { start, end }: { readonly start: number; readonly end: number },
): MarkedRange {
  const text = trace?.raw.slice(start, end) ?? ''
  const lead = text.trim() === '' ? 0 : text.length - text.trimStart().length
  return { start: start + lead, end, mark: { kind: 'divergence' } }
}

function hitsOf({ trace, marks, cell }: Pane, hit: TraceChoice['hit'], current: Hit | undefined) {
  if (trace === null || marks === null) return []
  const here = hit !== null && current?.cell.id === cell.id ? { part: current.part, place: hit.place } : null
  return hitRanges(trace, marks, here)
}

/** The first pane against each other one. The first shows what it alone has against the second. Null: too different to say. */
function diffsOf(panes: readonly Pane[]): readonly (readonly MarkedRange[])[] | null {
  const [left, ...others] = panes
  if (left?.trace == null) return []
  const base = left.trace
  const diffs: DiffRanges[] = []
  for (const { trace, variant } of others) {
    if (trace === null) {
      diffs.push({ left: [], right: [] })
      continue
    }
    const diff = diffRanges(base, trace, { left: precisionOf(left.variant), right: precisionOf(variant) })
    if (diff === null) return null
    diffs.push(diff)
  }
  return [diffs[0]?.left ?? [], ...diffs.map(({ right }) => right)]
}

const precisionOf = ({ variant }: Pane['variant']): string => variant.precision.name.replace(' (simulated)', '')
