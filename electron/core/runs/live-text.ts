import type { CellId } from '#shared/domain/ids.ts'
import type { Clock } from './run-deps.ts'

/** Live text is passed on at most this often a cell: more is more than an eye can see. */
const intervalMs = 50

interface Delta {
  readonly thinking: string
  readonly answer: string
}

/** Gathers the text of cells that are being generated and passes it on in slices. */
export function liveText(
  clock: Clock,
  publish: (cell: CellId, delta: Delta) => void,
): { push(cell: CellId, delta: Delta): void; end(cell: CellId): void } {
  const waiting = new Map<CellId, { thinking: string; answer: string; sentMs: number }>()

  const send = (cell: CellId, entry: { thinking: string; answer: string; sentMs: number }) => {
    if (entry.thinking !== '' || entry.answer !== '') publish(cell, { thinking: entry.thinking, answer: entry.answer })
    Object.assign(entry, { thinking: '', answer: '', sentMs: clock.monotonic() })
  }
  return {
    push(cell, delta) {
      const entry = waiting.get(cell) ?? { thinking: '', answer: '', sentMs: 0 }
      waiting.set(cell, entry)
      entry.thinking += delta.thinking
      entry.answer += delta.answer
      if (clock.monotonic() - entry.sentMs >= intervalMs) send(cell, entry)
    },
    end(cell) {
      const entry = waiting.get(cell)
      if (entry !== undefined) send(cell, entry)
      waiting.delete(cell)
    },
  }
}
