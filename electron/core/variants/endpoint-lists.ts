import { setTimeout as wait } from 'node:timers/promises'
import { LabError } from '#shared/domain/error.ts'
import type { EngineStatus } from '#shared/domain/engine.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { Engine } from '../engines/engine.ts'

/** What an endpoint has; where that is not known, why, and what to do. */
export interface EndpointList {
  readonly variants: readonly Variant[]
  readonly problem: ListProblem | null
}

export interface ListProblem {
  readonly reason: string
  readonly hint: string
  /** Its status says it already: the whole endpoint does not answer. */
  readonly inStatus: boolean
  /** Nothing is wrong so far: it only has not answered yet. */
  readonly pending: boolean
}

/** What every endpoint has. What one of them fails with never hides what the others have. */
export interface EndpointLists {
  /** Asks anew, and waits for every endpoint. */
  whole(signal?: AbortSignal): Promise<readonly EndpointList[]>
  /**
   * What has answered soon; of an endpoint that takes longer what it had last. Its answer is waited for all the same, and
   * told as news when it comes.
   */
  soon(signal?: AbortSignal): Promise<readonly EndpointList[]>
  /** Every endpoint's status, with why its variants are not listed where they are not. */
  statuses(signal?: AbortSignal): Promise<readonly EngineStatus[]>
}

export interface ListsOptions {
  readonly engines: () => readonly Engine[]
  /** Called when a list or its problem is another one than was told last, so that whoever shows it can ask again. */
  readonly onNews: () => void
  /** How long an endpoint may take to be among those that answered soon. Default: less than people take for hanging. */
  readonly soonMs?: number
}

/** An endpoint that answers now this, now that, must not have the pages ask without end. */
const newsEveryMs = 1000

export function createEndpointLists({ engines, onNews, soonMs = 2500 }: ListsOptions): EndpointLists {
  // By engine, not by its endpoint's name: under another address the same name is another engine.
  const last = new WeakMap<Engine, EndpointList>()
  const late = new WeakMap<Engine, Promise<EndpointList>>()
  const tell = atMostEvery(newsEveryMs, onNews)
  const keep = (engine: Engine, list: EndpointList): EndpointList => {
    const before = last.get(engine)
    last.set(engine, list)
    if (!isSameProblem(before, list)) tell(engine)
    return list
  }
  const ask = async (engine: Engine, signal?: AbortSignal) => keep(engine, await listOf(engine, signal))

  /** It is not asked a second time meanwhile: the answer would only come later. */
  const waitFor = (engine: Engine, answer: Promise<EndpointList>): EndpointList => {
    const told = last.get(engine) ?? keep(engine, stillAsked(engine))
    if (late.has(engine)) return told
    late.set(engine, answer)
    const end = (list: EndpointList | null) => {
      late.delete(engine)
      // Another problem was told when the answer was kept.
      if (list !== null && isSameProblem(list, told) && fingerprint(list) !== fingerprint(told)) tell(engine)
    }
    // What nobody expects is told to whoever asks next.
    answer.then(end, () => end(null))
    return told
  }
  return {
    whole: (signal) => Promise.all(engines().map((engine) => ask(engine, signal))),
    soon: (signal) =>
      Promise.all(
        engines().map(async (engine) => {
          const answer = late.get(engine) ?? ask(engine)
          return (await within(answer, soonMs, signal)) ?? waitFor(engine, answer)
        }),
      ),
    statuses: (signal) =>
      Promise.all(
        engines().map(async (engine) => {
          const status = await engine.status(signal)
          const problem = last.get(engine)?.problem ?? null
          if (status.state !== 'ready' || problem === null || problem.inStatus) return status
          const { reason, hint, pending } = problem
          return { ...status, unlisted: { reason, hint, pending } }
        }),
      ),
  }
}

/** Calls at once, and what comes too soon after it at the end of its time, once. */
function atMostEvery(ms: number, call: () => void): (about: object) => void {
  const resting = new WeakMap<object, { again: boolean }>()
  const run = (about: object) => {
    const rest = resting.get(about)
    if (rest !== undefined) {
      rest.again = true
      return
    }
    const begun = { again: false }
    resting.set(about, begun)
    setTimeout(() => {
      resting.delete(about)
      if (begun.again) run(about)
    }, ms).unref()
    call()
  }
  return run
}

async function listOf(engine: Engine, signal?: AbortSignal): Promise<EndpointList> {
  try {
    const status = await engine.status(signal)
    if (status.state !== 'ready') {
      return { variants: [], problem: { reason: status.reason, hint: status.hint, inStatus: true, pending: false } }
    }
    return { variants: await engine.list(signal), problem: null }
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof LabError)) throw error
    const hint = error.hint ?? 'Look at what the engine logs.'
    return { variants: [], problem: { reason: error.message, hint, inStatus: false, pending: false } }
  }
}

const stillAsked = ({ endpoint }: Engine): EndpointList => ({
  variants: [],
  problem: {
    reason: `${endpoint} has not yet said what it has.`,
    hint: 'Its variants come into the list as soon as it does.',
    inStatus: false,
    pending: true,
  },
})

const isSameProblem = (one: EndpointList | undefined, other: EndpointList): boolean =>
  (one?.problem?.reason ?? null) === (other.problem?.reason ?? null)

/** What a list shows of each variant that can change. */
const fingerprint = ({ variants }: EndpointList): string =>
  variants.map(({ id, digest, loaded }) => `${id} ${digest} ${loaded}`).join('\n')

/** The answer, or null where it does not come in time. */
async function within<T>(answer: Promise<T>, ms: number, signal?: AbortSignal): Promise<T | null> {
  const over = new AbortController()
  const ends = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal])
  try {
    return await Promise.race([answer, wait(ms, null, { signal: ends })])
  } finally {
    over.abort()
  }
}
