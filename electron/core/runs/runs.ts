import { errorInfo, LabError, type ErrorInfo } from '#shared/domain/error.ts'
import { runId, type RunId } from '#shared/domain/ids.ts'
import type { Run, RunEvent, RunPlan, RunSpec, RunState, RunSummary, VariantProgress } from '#shared/domain/run.ts'
import { prepareGraders } from '#shared/grading/grade.ts'
import { executeRun, type RunControl } from './execute-run.ts'
import { planRun, type PreparedRun } from './plan-run.ts'
import { regradeRun } from './regrade-run.ts'
import type { CellFact, RunPrompt } from '../store/store.ts'
import type { RunDeps } from './run-deps.ts'
import { restLater, type LateRest } from './rest-later.ts'
import { isExecuted } from './run-lease.ts'
import { createRunHub } from './run-hub.ts'
import type { EarlierSeconds } from './estimate-time.ts'
import { earlierSeconds, variantProgress } from './variant-progress.ts'
import { watchRun } from './watch-run.ts'

/** Runs as the rest of the lab sees them. One execution at a time in a process: two would time each other. */
export interface Runs {
  plan(spec: RunSpec, signal?: AbortSignal): Promise<RunPlan>
  /** Stores the run and begins to execute it. */
  start(spec: RunSpec, signal?: AbortSignal): Promise<RunId>
  /** Begins to execute the missing cells; with `errors`, those that failed too. @throws LabError RUN_LEASED | CONFLICT | NOT_FOUND */
  resume(id: RunId, options: { readonly errors: boolean }): void
  /** Also works on a run that another process executes: it sees the wish within a second. */
  stop(id: RunId, how: 'pause' | 'cancel'): void
  list(): readonly RunSummary[]
  get(id: RunId): Run
  /** All of them; `promptAt` where one will do. */
  prompts(id: RunId): readonly RunPrompt[]
  /** The light rows that statistics are computed from, read once for as long as nothing changes. */
  facts(id: RunId): readonly CellFact[]
  /** How far each variant has come, and what is left of it. */
  progress(id: RunId): readonly VariantProgress[]
  watch(id: RunId, options: { readonly text: boolean }, signal: AbortSignal): AsyncIterable<RunEvent>
  regrade(id: RunId): Promise<number>
  delete(id: RunId): void
  /** True while this process executes a run. */
  readonly busy: boolean
  /** Cancels what runs here and waits until it is stored. */
  close(): Promise<void>
}

/** Lists of prompts that are kept at hand. */
const promptListsKept = 4

export function createRuns(deps: RunDeps): Runs {
  return new RunService(deps)
}

interface Execution {
  readonly id: RunId
  readonly control: RunControl
  readonly done: Promise<unknown>
}

class RunService implements Runs {
  readonly #deps: RunDeps
  readonly #hub = createRunHub()
  /** A run's prompts never change, and reading a large suite takes longer than looking at its cells. */
  readonly #prompts = new Map<RunId, readonly RunPrompt[]>()
  /** Of the run that was looked at last: a comparison and the lists under it ask for the same hundred thousand rows. */
  #facts: { readonly id: RunId; readonly stamp: string; readonly facts: readonly CellFact[] } | null = null
  /** Of the run whose progress was asked for last: watchers ask every moment. */
  #earlier: { readonly id: RunId; readonly seconds: EarlierSeconds } | null = null
  #execution: Execution | null = null
  /** Runs whose end could not be written yet. */
  readonly #late = new Map<RunId, LateRest>()

  constructor(deps: RunDeps) {
    this.#deps = deps
  }

  get busy(): boolean {
    return this.#execution !== null
  }

  async plan(spec: RunSpec, signal?: AbortSignal): Promise<RunPlan> {
    return (await planRun(this.#deps, spec, signal)).plan
  }

  async start(spec: RunSpec, signal?: AbortSignal): Promise<RunId> {
    this.#refuseSecond()
    const prepared = await planRun(this.#deps, spec, signal)
    this.#refuseSecond()
    const id = storeRun(this.#deps, spec, prepared)
    this.#execute(id)
    return id
  }

  resume(id: RunId, { errors }: { readonly errors: boolean }): void {
    this.#refuseSecond()
    if (this.get(id).state === 'running') {
      throw new LabError('RUN_LEASED', `Run ${id} is being executed by another process.`, { hint: 'Watch it there.' })
    }
    if (errors) this.#deps.store.cells.resetErrors(id)
    this.#execute(id)
  }

  stop(id: RunId, how: 'pause' | 'cancel'): void {
    if (this.#execution?.id === id) {
      this.#execution.control[how].abort(new LabError('CANCELLED', `The run was asked to ${how}.`))
    } else if (this.get(id).state === 'running') {
      this.#deps.store.runs.setWish(id, how)
    }
  }

  list(): readonly RunSummary[] {
    return this.#deps.store.runs.list().map((run) => ({ ...run, state: this.#stateOf(run) }))
  }

  get(id: RunId): Run {
    const run = this.#deps.store.runs.get(id)
    if (run === null) {
      throw new LabError('NOT_FOUND', `There is no run ${id}.`, {
        hint: 'List the runs to see their numbers: `assay runs`.',
      })
    }
    return { ...run, state: this.#stateOf(run) }
  }

  prompts(id: RunId): readonly RunPrompt[] {
    const known = this.#prompts.get(id)
    if (known !== undefined) return known
    const prompts = [...this.#deps.store.runs.eachPrompt(this.get(id).id)]
    if (this.#prompts.size >= promptListsKept) this.#prompts.clear()
    this.#prompts.set(id, prompts)
    return prompts
  }

  facts(id: RunId): readonly CellFact[] {
    const { store } = this.#deps
    const stamp = store.stamp()
    if (this.#facts?.id !== id || this.#facts.stamp !== stamp) this.#facts = { id, stamp, facts: store.cells.facts(id) }
    return this.#facts.facts
  }

  progress(id: RunId): readonly VariantProgress[] {
    const run = this.get(id)
    const { store } = this.#deps
    if (this.#earlier?.id !== run.id) this.#earlier = { id: run.id, seconds: earlierSeconds(store, run) }
    return variantProgress(store, run, this.#earlier.seconds)
  }

  watch(id: RunId, { text }: { readonly text: boolean }, signal: AbortSignal): AsyncIterable<RunEvent> {
    const { id: run } = this.get(id)
    // Asked after every event: what runs here need not be read.
    const stateOf = (watched: RunId) => (this.#execution?.id === watched ? 'running' : this.get(watched).state)
    const progressOf = () => this.progress(run)
    return watchRun(this.#deps, this.#hub, { run, text, signal, stateOf, progressOf })
  }

  async regrade(id: RunId): Promise<number> {
    const prompts = this.prompts(id)
    await prepareGraders(prompts.flatMap(({ prompt }) => prompt.grader ?? []))
    return regradeRun(this.#deps.store, id, prompts)
  }

  delete(id: RunId): void {
    if (this.get(id).state === 'running') {
      throw new LabError('CONFLICT', `Run ${id} is running.`, { hint: 'Cancel it first.' })
    }
    this.#late.get(id)?.end(true)
    this.#late.delete(id)
    this.#deps.store.runs.delete(id)
    this.#prompts.delete(id)
  }

  async close(): Promise<void> {
    this.#execution?.control.cancel.abort(new LabError('CANCELLED', 'The lab is closing.'))
    await this.#execution?.done
    for (const late of this.#late.values()) late.end(false)
    this.#late.clear()
  }

  /** A run that says it is running, and that nobody executes, was interrupted. */
  #stateOf(run: Pick<RunSummary, 'id' | 'state'>): RunState {
    if (this.#execution?.id === run.id) return 'running'
    if (run.state !== 'running') return run.state
    const { store, clock, owner } = this.#deps
    // This process would know: a lease of its own on what it does not execute is one that could not be given back.
    const isGone = (holder: string) => holder === owner || this.#deps.isGone(holder)
    return isExecuted({ runs: store.runs, run: run.id, clock, isGone }) ? 'running' : 'interrupted'
  }

  #refuseSecond(): void {
    if (this.#execution === null) return
    throw new LabError('CONFLICT', `Run ${this.#execution.id} is running in this process.`, {
      hint: 'Wait until it ends, or pause or cancel it first.',
    })
  }

  #sayLater(id: RunId, error: ErrorInfo): void {
    if (error.code === 'RUN_LEASED') return
    const late = restLater(this.#deps, id, error, () => {
      this.#late.delete(id)
      this.#tellRest(id, error)
    })
    if (late !== null) this.#late.set(id, late)
  }

  /** Another process may have deleted it meanwhile, and then there is no state to tell but its end; or go on with it, and then it has no fault. */
  #tellRest(id: RunId, error: ErrorInfo | null): void {
    const run = this.#deps.store.runs.get(id)
    const state = run === null ? 'cancelled' : this.#stateOf(run)
    this.#hub.publish({ kind: 'state', run: id, state, error: state === 'running' ? null : error })
  }

  #execute(id: RunId): void {
    this.#late.get(id)?.end(true)
    this.#late.delete(id)
    const control = { cancel: new AbortController(), pause: new AbortController() }
    const done = executeRun(this.#deps, this.#hub, id, control)
      .catch((error: unknown) => {
        if (!(error instanceof LabError)) this.#deps.onBug(error)
        const info = errorInfo(error)
        this.#sayLater(id, info)
        return { error: info }
      })
      .then(({ error }) => {
        // First ready for the next run, then the word that this one rests: a watcher may start the next at once.
        this.#execution = null
        this.#tellRest(id, error)
      })
      // A store that cannot be read just now must not take the lab along.
      .catch((error: unknown) => this.#deps.onBug(error))
    this.#execution = { id, control, done }
  }
}

/** Suites, variants and the run with all its cells; the plan and the margin are fixed from here on. */
function storeRun(deps: RunDeps, spec: RunSpec, { plan, prompts }: PreparedRun): RunId {
  const { store, clock } = deps
  for (const suite of new Set(prompts.map((selected) => selected.suite))) {
    if (store.suites.get(suite.hash) === null) store.suites.put(suite, 'bundled', clock.now())
  }
  for (const { variant } of plan.variants) store.variants.put(variant)
  const id = store.runs.create({
    name: spec.name ?? plan.suites.map(({ name }) => name).join(' + '),
    spec,
    plan,
    variants: plan.variants,
    prompts: prompts.map(({ suite, prompt }) => ({
      suite: suite.hash,
      suiteName: suite.name,
      promptId: prompt.id,
      contentHash: prompt.contentHash,
    })),
    arms: spec.arms,
    samples: spec.samples,
  })
  return runId(id)
}
