import type { StateCreator } from 'zustand'
import type { LabClient } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { Cell, CellCounts, RunEvent, RunState, VariantProgress } from '#shared/domain/run.ts'
import { restingStates } from '#shared/domain/words.ts'
import { appendText, noText, type LiveText } from './live-text.ts'
import { pageError } from './loadable.ts'
import type { QuerySlice } from './query-slice.ts'

/** Finished cells a lane lists. */
const maxLastCells = 8
/** Ended cells that are kept for whoever patches a grid with them; nobody is that many behind. */
const maxEnded = 4096

/** A cell that is being generated, with what it has written so far. */
export interface LiveCell {
  readonly cell: number
  readonly promptIndex: number
  readonly arm: Arm
  readonly sample: number
  readonly thinking: LiveText
  readonly answer: LiveText
  readonly tokens: number
  readonly firstTokenMs: number | null
  readonly tokensPerSecond: number | null
}

/** What one variant does at the moment. */
export interface Lane {
  readonly phase: 'waiting' | 'loading' | 'warming' | 'running' | 'unloading' | 'judging'
  /** Oldest first; as many as the engine serves at once. */
  readonly running: readonly LiveCell[]
  /** The latest that ended, with its text: what there is to show until its trace has been read. */
  readonly ended: LiveCell | null
  /** Newest first. */
  readonly last: readonly Cell[]
}

export interface LiveRun {
  readonly state: RunState
  readonly error: ErrorInfo | null
  readonly counts: CellCounts | null
  readonly activeSeconds: number
  /** Null until the run has said it. */
  readonly variants: readonly VariantProgress[] | null
  readonly secondsLeft: number | null
  readonly waitingFor: string | null
  readonly lanes: ReadonlyMap<number, Lane>
  /** The latest cells that ended while the run was followed, oldest first. */
  readonly ended: readonly Cell[]
  /** How many have ended in all: those after a known number are new. */
  readonly endedCount: number
  /** Why it cannot be followed; null while it can. */
  readonly problem: ErrorInfo | null
}

export interface LiveRunSlice {
  readonly liveRuns: ReadonlyMap<number, LiveRun>
  /** Follows a run until `stop`. Several followers of one run share one stream. */
  follow(run: number): () => void
}

const emptyLane: Lane = { phase: 'waiting', running: [], ended: null, last: [] }
const emptyRun: LiveRun = {
  state: 'planned',
  error: null,
  counts: null,
  activeSeconds: 0,
  variants: null,
  secondsLeft: null,
  waitingFor: null,
  lanes: new Map(),
  ended: [],
  endedCount: 0,
  problem: null,
}

export const createLiveRunSlice =
  (
    lab: LabClient,
    schedule: (callback: () => void) => void,
  ): StateCreator<LiveRunSlice & QuerySlice, [], [], LiveRunSlice> =>
  (set, get) => {
    const followers = new Map<number, { count: number; readonly stop: AbortController }>()

    const change = (run: number, to: (live: LiveRun) => LiveRun) =>
      set(({ liveRuns }) => ({ liveRuns: new Map(liveRuns).set(run, to(liveRuns.get(run) ?? emptyRun)) }))

    const read = async (run: number, signal: AbortSignal) => {
      // Events are applied once a frame, however fast they come: eight lanes cost one render.
      let waiting: RunEvent[] = []
      const flush = () => {
        const events = waiting
        waiting = []
        if (events.length > 0 && !signal.aborted) change(run, (live) => reduceEvents(live, events))
      }
      for await (const event of lab['runs.watch']({ run, text: true }, { signal })) {
        if (waiting.length === 0) schedule(flush)
        waiting.push(event)
      }
      flush()
    }

    const start = async (run: number, stop: AbortController) => {
      // What was running before a break is told anew, and what ended before it is in the store.
      change(run, (live) => ({ ...live, lanes: atRest(live.lanes), ended: [], problem: null }))
      try {
        await read(run, stop.signal)
      } catch (error) {
        const info = pageError(error)
        if (!stop.signal.aborted && info.code !== 'CLOSED') change(run, (live) => ({ ...live, problem: info }))
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

export function reduceEvents(live: LiveRun, events: readonly RunEvent[]): LiveRun {
  const next = events.reduce(reduceEvent, live)
  const ended = events.flatMap((event) => (event.kind === 'cell-done' ? [event.cell] : []))
  if (ended.length === 0) return next
  return { ...next, ended: [...live.ended, ...ended].slice(-maxEnded), endedCount: live.endedCount + ended.length }
}

function reduceEvent(live: LiveRun, event: RunEvent): LiveRun {
  switch (event.kind) {
    case 'state': {
      const rests = restingStates.includes(event.state)
      return { ...live, state: event.state, error: event.error, lanes: rests ? atRest(live.lanes) : live.lanes }
    }
    case 'progress':
      return {
        ...live,
        counts: event.counts,
        activeSeconds: event.activeSeconds,
        variants: event.variants,
        secondsLeft: event.secondsLeft,
        waitingFor: event.waitingFor,
      }
    case 'variant':
      return withLane(live, event.variantIndex, (lane) => ({ ...lane, phase: event.phase }))
    case 'cell-started':
      return withLane(live, event.variantIndex, (lane) => startCell(lane, event))
    case 'cell-text': {
      const index = [...live.lanes].find(([, { running }]) => running.some(({ cell }) => cell === event.cell))?.[0]
      return index === undefined ? live : withLane(live, index, (lane) => addText(lane, event))
    }
    case 'cell-done':
      return withLane(live, event.cell.variantIndex, (lane) => endCell(lane, event.cell))
  }
}

function withLane(live: LiveRun, index: number, change: (lane: Lane) => Lane): LiveRun {
  return { ...live, lanes: new Map(live.lanes).set(index, change(live.lanes.get(index) ?? emptyLane)) }
}

/** Nothing runs any more; what was written last stays to be read. */
const atRest = (lanes: LiveRun['lanes']): LiveRun['lanes'] =>
  new Map(
    [...lanes].map(([index, lane]) => [
      index,
      { ...lane, phase: 'waiting', running: [], ended: lane.running.at(-1) ?? lane.ended },
    ]),
  )

type Event<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>

function startCell(lane: Lane, { cell, promptIndex, arm, sample }: Event<'cell-started'>): Lane {
  const started: LiveCell = {
    cell,
    promptIndex,
    arm,
    sample,
    thinking: noText,
    answer: noText,
    tokens: 0,
    firstTokenMs: null,
    tokensPerSecond: null,
  }
  return { ...lane, phase: 'running', running: [...lane.running.filter((other) => other.cell !== cell), started] }
}

function addText(lane: Lane, event: Event<'cell-text'>): Lane {
  const { tokens, firstTokenMs, tokensPerSecond } = event
  return {
    ...lane,
    running: lane.running.map((live) =>
      live.cell === event.cell
        ? {
            ...live,
            thinking: appendText(live.thinking, event.thinking),
            answer: appendText(live.answer, event.answer),
            tokens,
            firstTokenMs,
            tokensPerSecond,
          }
        : live,
    ),
  }
}

function endCell(lane: Lane, cell: Cell): Lane {
  return {
    ...lane,
    running: lane.running.filter((live) => live.cell !== cell.id),
    ended: lane.running.find((live) => live.cell === cell.id) ?? lane.ended,
    last: [cell, ...lane.last.filter(({ id }) => id !== cell.id)].slice(0, maxLastCells),
  }
}
