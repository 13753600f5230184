import type { CellId, RunId } from '#shared/domain/ids.ts'
import type { RunEvent } from '#shared/domain/run.ts'
import { restingStates } from '#shared/domain/words.ts'

type Started = Extract<RunEvent, { kind: 'cell-started' }>
type Text = Extract<RunEvent, { kind: 'cell-text' }>

/** Characters of a cell that runs which somebody who joins late is told; the trace will have all of it. */
const maxStandingChars = 32_768

/** Passes what an executor in this process says on to its watchers. The record is the store, never this. */
export interface RunHub {
  readonly publish: (event: RunEvent) => void
  /** Returns the function that ends the subscription. */
  subscribe(run: RunId, listener: (event: RunEvent) => void): () => void
  /** What somebody who joins now has missed of the cells that run: phases, starts, and the text so far. */
  standing(run: RunId): readonly RunEvent[]
}

export function createRunHub(): RunHub {
  const listeners = new Map<RunId, Set<(event: RunEvent) => void>>()
  const running = new Map<RunId, Standing>()
  return {
    publish(event) {
      const standing = running.get(event.run) ?? noStanding()
      if (event.kind === 'state' && restingStates.includes(event.state)) running.delete(event.run)
      else running.set(event.run, keep(standing, event))
      for (const listener of listeners.get(event.run) ?? []) listener(event)
    },
    subscribe(run, listener) {
      const set = listeners.get(run) ?? new Set()
      listeners.set(run, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(run) === set) listeners.delete(run)
      }
    },
    standing(run) {
      const { phases, started, texts } = running.get(run) ?? noStanding()
      return [...phases.values(), ...started.values(), ...texts.values()]
    },
  }
}

interface Standing {
  readonly phases: Map<number, RunEvent>
  readonly started: Map<CellId, Started>
  readonly texts: Map<CellId, Text>
}

const noStanding = (): Standing => ({ phases: new Map(), started: new Map(), texts: new Map() })

function keep(standing: Standing, event: RunEvent): Standing {
  const { phases, started, texts } = standing
  if (event.kind === 'variant') phases.set(event.variantIndex, event)
  else if (event.kind === 'cell-started') started.set(event.cell, event)
  else if (event.kind === 'cell-text') texts.set(event.cell, joined(texts.get(event.cell), event))
  else if (event.kind === 'cell-done') {
    started.delete(event.cell.id)
    texts.delete(event.cell.id)
  }
  return standing
}

const joined = (before: Text | undefined, event: Text): Text => ({
  ...event,
  thinking: ((before?.thinking ?? '') + event.thinking).slice(-maxStandingChars),
  answer: ((before?.answer ?? '') + event.answer).slice(-maxStandingChars),
})
