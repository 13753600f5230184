import { useState } from 'react'
import type { ReviewQueue } from '#shared/contract/refusal-views.ts'

interface Held {
  readonly scope: string
  readonly cell: number
}

/**
 * The item to decide next. While a run goes, others come before it in the queue: what somebody is reading stays until it is
 * decided, or until another queue (`scope`) is asked for. `isFresh`: the queue is that of the scope, not the one before it.
 */
export function useHeld(
  queue: ReviewQueue | null,
  of: { readonly scope: string; readonly isFresh: boolean; readonly isDone: (cell: number) => boolean },
): number | null {
  const [held, setHeld] = useState<Held | null>(null)
  const isGone = (cell: number) => queue?.cells.length === queue?.left && queue?.cells.includes(cell) === false
  const stays = held !== null && held.scope === of.scope && !of.isDone(held.cell) && !isGone(held.cell)
  const next = stays ? held.cell : (queue?.cells.find((cell) => !of.isDone(cell)) ?? null)
  // Held while rendering, not in an effect: nothing is drawn twice.
  if (of.isFresh && !stays && (held !== null || next !== null)) {
    setHeld(next === null ? null : { scope: of.scope, cell: next })
  }
  return next
}
