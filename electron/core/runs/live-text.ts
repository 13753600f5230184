import type { CellId } from '#shared/domain/ids.ts'
import type { RunEvent } from '#shared/domain/run.ts'
import type { TextDelta } from './collect-generation.ts'
import type { Clock } from './run-deps.ts'

/** Live text is passed on at most this often a cell: more is more than an eye can see. */
const intervalMs = 50

type Slice = Omit<Extract<RunEvent, { kind: 'cell-text' }>, 'kind' | 'run' | 'cell'>

interface Entry {
  readonly startedMs: number
  firstMs: number | null
  sentMs: number
  thinking: string
  answer: string
  tokens: number
}

/** Gathers the text of cells that are being generated and passes it on in slices. */
export interface LiveText {
  /** Called when a cell starts: its times count from here. */
  begin(cell: CellId): void
  push(cell: CellId, delta: TextDelta): void
  end(cell: CellId): void
}

export function liveText(clock: Clock, publish: (cell: CellId, slice: Slice) => void): LiveText {
  const waiting = new Map<CellId, Entry>()

  const send = (cell: CellId, entry: Entry, nowMs: number) => {
    const firstMs = entry.firstMs ?? nowMs
    const { thinking, answer, tokens } = entry
    if (thinking !== '' || answer !== '')
      publish(cell, {
        thinking,
        answer,
        tokens,
        firstTokenMs: firstMs - entry.startedMs,
        tokensPerSecond: tokens < 2 || nowMs <= firstMs ? null : ((tokens - 1) * 1000) / (nowMs - firstMs),
      })
    Object.assign(entry, { thinking: '', answer: '', sentMs: nowMs })
  }
  return {
    begin(cell) {
      const startedMs = clock.monotonic()
      waiting.set(cell, { startedMs, firstMs: null, sentMs: 0, thinking: '', answer: '', tokens: 0 })
    },
    push(cell, delta) {
      const entry = waiting.get(cell)
      if (entry === undefined) throw new Error(`cell ${cell} writes without having begun`)
      const nowMs = clock.monotonic()
      entry.firstMs ??= nowMs
      entry.thinking += delta.thinking
      entry.answer += delta.answer
      entry.tokens += delta.tokens
      if (nowMs - entry.sentMs >= intervalMs) send(cell, entry, nowMs)
    },
    end(cell) {
      const entry = waiting.get(cell)
      if (entry !== undefined) send(cell, entry, clock.monotonic())
      waiting.delete(cell)
    },
  }
}
