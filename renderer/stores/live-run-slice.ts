import type { StateCreator } from 'zustand'
import type { LabClient } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { Cell, CellCounts, RunEvent, RunState } from '#shared/domain/run.ts'
import { pageError } from './loadable.ts'
import type { QuerySlice } from './query-slice.ts'

/** Characters of live text that a lane keeps: what scrolled away is in the trace. */
const maxLiveChars = 24_000
/** Finished cells a lane lists. */
const maxLastCells = 8

/** What one variant does at the moment. */
export interface Lane {
  readonly phase: 'waiting' | 'loading' | 'warming' | 'running' | 'unloading' | 'judging'
  readonly current: {
    readonly cell: number
    readonly promptIndex: number
    readonly arm: Arm
    readonly sample: number
    readonly thinking: string
    readonly answer: string
  } | null
  readonly last: readonly Cell[]
}

export interface LiveRun {
  readonly state: RunState
  readonly error: ErrorInfo | null
  readonly counts: CellCounts | null
  readonly activeSeconds: number
  readonly secondsLeft: number | null
  readonly waitingFor: string | null
  readonly lanes: ReadonlyMap<number, Lane>
  /** Cells that ended since the grid was read, by id: the grid is patched with them. */
  readonly ended: ReadonlyMap<number, Cell>
}

export interface LiveRunSlice {
  readonly liveRuns: ReadonlyMap<number, LiveRun>
  /** Follows a run until `stop`. Several followers of one run share one stream. */
  follow(run: number): () => void
}

const emptyLane: Lane = { phase: 'waiting', current: null, last: [] }
const emptyRun: LiveRun = {
  state: 'planned',
  error: null,
  counts: null,
  activeSeconds: 0,
  secondsLeft: null,
  waitingFor: null,
  lanes: new Map(),
  ended: new Map(),
}

export const createLiveRunSlice =
  (
    lab: LabClient,
    schedule: (callback: () => void) => void,
  ): StateCreator<LiveRunSlice & QuerySlice, [], [], LiveRunSlice> =>
  (set, get) => {
    const followers = new Map<number, { count: number; readonly stop: AbortController }>()

    const apply = (run: number, events: readonly RunEvent[]) =>
      set(({ liveRuns }) => {
        const next = new Map(liveRuns)
        next.set(run, events.reduce(reduceEvent, next.get(run) ?? emptyRun))
        return { liveRuns: next }
      })

    const read = async (run: number, signal: AbortSignal) => {
      // Events are applied once a frame, however fast they come: eight lanes cost one render.
      let waiting: RunEvent[] = []
      const flush = () => {
        const events = waiting
        waiting = []
        if (events.length > 0 && !signal.aborted) apply(run, events)
      }
      for await (const event of lab['runs.watch']({ run, text: true }, { signal })) {
        if (waiting.length === 0) schedule(flush)
        waiting.push(event)
      }
      flush()
    }

    const start = async (run: number, stop: AbortController) => {
      try {
        await read(run, stop.signal)
      } catch (error) {
        const info = pageError(error)
        if (!stop.signal.aborted && info.code !== 'CLOSED')
          apply(run, [{ kind: 'state', run: run as never, state: 'failed', error: info }])
      } finally {
        if (followers.get(run)?.stop === stop) followers.delete(run)
        get().invalidate((name, input) => name === 'runs.list' || (input as { run?: number }).run === run)
      }
    }

    return {
      liveRuns: new Map(),
      follow(run) {
        const entry = followers.get(run) ?? { count: 0, stop: new AbortController() }
        entry.count += 1
        if (entry.count === 1) {
          followers.set(run, entry)
          void start(run, entry.stop)
        }
        return () => {
          entry.count -= 1
          if (entry.count > 0) return
          entry.stop.abort()
          if (followers.get(run) === entry) followers.delete(run)
        }
      },
    }
  }

function reduceEvent(live: LiveRun, event: RunEvent): LiveRun {
  switch (event.kind) {
    case 'state':
      return { ...live, state: event.state, error: event.error }
    case 'progress':
      return {
        ...live,
        counts: event.counts,
        activeSeconds: event.activeSeconds,
        secondsLeft: event.secondsLeft,
        waitingFor: event.waitingFor,
      }
    case 'variant':
      return withLane(live, event.variantIndex, (lane) => ({ ...lane, phase: event.phase }))
    case 'cell-started': {
      const { cell, promptIndex, arm, sample } = event
      return withLane(live, event.variantIndex, (lane) => ({
        ...lane,
        phase: 'running',
        current: { cell, promptIndex, arm, sample, thinking: '', answer: '' },
      }))
    }
    case 'cell-text': {
      const index = [...live.lanes].find(([, lane]) => lane.current?.cell === event.cell)?.[0]
      return index === undefined ? live : withLane(live, index, (lane) => addText(lane, event))
    }
    case 'cell-done':
      return withLane(
        { ...live, ended: new Map(live.ended).set(event.cell.id, event.cell) },
        event.cell.variantIndex,
        (lane) => ({
          ...lane,
          last: [event.cell, ...lane.last].slice(0, maxLastCells),
        }),
      )
  }
}

function withLane(live: LiveRun, index: number, change: (lane: Lane) => Lane): LiveRun {
  return { ...live, lanes: new Map(live.lanes).set(index, change(live.lanes.get(index) ?? emptyLane)) }
}

function addText(lane: Lane, { thinking, answer }: { readonly thinking: string; readonly answer: string }): Lane {
  if (lane.current === null) return lane
  return {
    ...lane,
    current: {
      ...lane.current,
      thinking: (lane.current.thinking + thinking).slice(-maxLiveChars),
      answer: (lane.current.answer + answer).slice(-maxLiveChars),
    },
  }
}
