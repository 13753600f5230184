import type { CellId } from '#shared/domain/ids.ts'
import type { RunEvent } from '#shared/domain/run.ts'

/** Finished cells that a slow watcher may be behind; older ones are left out, the grid has them. */
const maxDoneCells = 1024
/** Characters of one cell's live text that a slow watcher may be behind; the trace has all of it. */
const maxTextChars = 32_768

/**
 * Events that wait for one watcher, merged so that a slow one costs no more memory than a quick one: one state, one
 * progress, one phase a variant, one text a cell. What is left out can be read from the store.
 */
export interface EventQueue {
  push(event: RunEvent): void
  /** Takes everything that waits, in an order that makes sense to a reader. */
  drain(): readonly RunEvent[]
}

export function createEventQueue(): EventQueue {
  const latest = new Map<string, RunEvent>()
  const started = new Map<CellId, RunEvent>()
  const texts = new Map<CellId, Extract<RunEvent, { kind: 'cell-text' }>>()
  const done: RunEvent[] = []

  return {
    push(event) {
      switch (event.kind) {
        case 'state':
        case 'progress':
          latest.set(event.kind, event)
          break
        case 'variant':
          latest.set(`variant ${event.variantIndex}`, event)
          break
        case 'cell-started':
          started.set(event.cell, event)
          break
        case 'cell-text': {
          const before = texts.get(event.cell)
          texts.set(event.cell, {
            ...event,
            thinking: ((before?.thinking ?? '') + event.thinking).slice(-maxTextChars),
            answer: ((before?.answer ?? '') + event.answer).slice(-maxTextChars),
          })
          break
        }
        case 'cell-done':
          // What led up to a finished cell is no longer news.
          started.delete(event.cell.id)
          texts.delete(event.cell.id)
          done.push(event)
          if (done.length > maxDoneCells) done.splice(0, done.length - maxDoneCells)
          break
      }
    },
    drain() {
      const state = latest.get('state')
      latest.delete('state')
      const events = [...latest.values(), ...done, ...started.values(), ...texts.values()]
      if (state !== undefined) events.push(state)
      latest.clear()
      started.clear()
      texts.clear()
      done.length = 0
      return events
    },
  }
}
