import type { KeyboardEvent } from 'react'

export interface GridActions {
  /** Goes to a row, or to the nearest one there is. */
  readonly move: (index: number) => void
  readonly open: (index: number) => void
  readonly copyOne: () => void
  readonly copyAll: () => void
}

export interface GridPlace {
  readonly at: number | null
  readonly total: number
  /** Rows that are seen at once. */
  readonly page: number
}

/** What a key does in a list, or undefined where it does nothing. */
export function gridKey(name: string, { at, total, page }: GridPlace, actions: GridActions): (() => void) | undefined {
  const from = at ?? -1
  const targets: Readonly<Record<string, number>> = {
    j: from + 1,
    ArrowDown: from + 1,
    k: from - 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: total - 1,
  }
  const target = targets[name]
  if (target !== undefined) return () => actions.move(target)
  if (name === 'Enter') return at === null ? undefined : () => actions.open(at)
  return name === 'Shift+C' ? actions.copyAll : undefined
}

/** A key pressed in the list itself; what stands inside it has its own. */
export function onGridKey(event: KeyboardEvent, place: GridPlace, actions: GridActions): void {
  if (event.target !== event.currentTarget || event.altKey) return
  const held = event.ctrlKey || event.metaKey
  // Where text is selected, that is what is meant.
  const copies = held && event.key.toLowerCase() === 'c' && window.getSelection()?.isCollapsed !== false
  const name = event.shiftKey && event.key.toLowerCase() === 'c' ? 'Shift+C' : event.key
  const action = copies
    ? event.shiftKey
      ? undefined
      : actions.copyOne
    : held
      ? undefined
      : gridKey(name, place, actions)
  if (action === undefined) return
  event.preventDefault()
  action()
}
