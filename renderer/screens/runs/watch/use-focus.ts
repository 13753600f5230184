import { useEffect, useEffectEvent, useState } from 'react'
import { arms, type Arm } from '#shared/domain/engine.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import { wholeNumber } from '../../../routing/route.ts'
import type { LiveRun } from '../../../stores/live-run-slice.ts'

/** The generation that the lanes show side by side, one of each variant. */
export interface Focus {
  readonly promptIndex: number
  readonly arm: Arm
  readonly sample: number
}

export interface FocusState {
  readonly focus: Focus
  /** The variant whose newest cell is followed; null while it is held, or nothing runs. */
  readonly leader: number | null
}

/** A small model writes several cells a second: each shown one stays at least this long, to be read. */
const shownAtLeastMs = 1500

export const sameFocus = (a: Focus, b: Focus): boolean =>
  a.promptIndex === b.promptIndex && a.arm === b.arm && a.sample === b.sample

/** What the address holds on to; null where the newest cell is followed. */
export function heldFocus(
  query: Readonly<Record<string, string>>,
  run: Pick<RunSummary, 'arms' | 'samples'>,
  prompts: number,
): Focus | null {
  const promptIndex = wholeNumber(query['prompt'])
  if (promptIndex === null || promptIndex >= prompts) return null
  const arm = arms.find((one) => one === query['arm'] && run.arms.includes(one)) ?? run.arms[0] ?? 'natural'
  const sample = wholeNumber(query['sample']) ?? 0
  return { promptIndex, arm, sample: sample < run.samples ? sample : 0 }
}

interface Followed extends FocusState {
  readonly leader: number
  readonly sinceMs: number
}

/** The held generation, or the newest: of the variant that runs, changing calmly enough to be read. */
export function useFocus(held: Focus | null, live: LiveRun | null, first: Focus): FocusState {
  const [followed, setFollowed] = useState<Followed | null>(null)
  const newest = held === null ? newestCell(live) : null
  const isStillRunning = followed !== null && live !== null && runs(live, followed)
  const next = newest !== null && (followed === null || !sameFocus(followed.focus, newest.focus)) ? newest : null
  const mayChange = next !== null && !isStillRunning
  // The one that is newest when the time has come, not the one that was when the waiting began.
  const change = useEffectEvent(() => {
    if (next !== null) setFollowed({ ...next, sinceMs: performance.now() })
  })
  useEffect(() => {
    if (!mayChange) return undefined
    const waitMs = followed === null ? 0 : Math.max(0, followed.sinceMs + shownAtLeastMs - performance.now())
    const timer = setTimeout(() => change(), waitMs)
    return () => clearTimeout(timer)
  }, [mayChange, followed])
  if (held !== null) return { focus: held, leader: null }
  if (followed === null) return { focus: newest?.focus ?? lastEnded(live) ?? first, leader: newest?.leader ?? null }
  return { focus: followed.focus, leader: live === null ? null : followed.leader }
}

function newestCell(live: LiveRun | null): { readonly focus: Focus; readonly leader: number } | null {
  for (const [leader, { running }] of live?.lanes ?? []) {
    const cell = running.at(-1)
    if (cell !== undefined) return { leader, focus: focusOf(cell) }
  }
  return null
}

const focusOf = ({ promptIndex, arm, sample }: Focus): Focus => ({ promptIndex, arm, sample })

const runs = (live: LiveRun, { focus, leader }: FocusState): boolean =>
  leader !== null && (live.lanes.get(leader)?.running.some((cell) => sameFocus(cell, focus)) ?? false)

const lastEnded = (live: LiveRun | null): Focus | null => {
  const cell = live?.ended.at(-1)
  return cell === undefined ? null : focusOf(cell)
}
