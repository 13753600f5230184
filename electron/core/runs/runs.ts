import { LabError } from '#shared/domain/error.ts'
import { runId, type RunId } from '#shared/domain/ids.ts'
import type { Run, RunEvent, RunPlan, RunSpec, RunState, RunSummary } from '#shared/domain/run.ts'
import { executeRun, type RunControl } from './execute-run.ts'
import { planRun, promptsOf, type PreparedRun } from './plan-run.ts'
import { regradeRun } from './regrade-run.ts'
import type { RunDeps } from './run-deps.ts'
import { createRunHub } from './run-hub.ts'
import type { SelectedPrompt } from './select-prompts.ts'
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
  prompts(id: RunId): readonly SelectedPrompt[]
  watch(id: RunId, options: { readonly text: boolean }, signal: AbortSignal): AsyncIterable<RunEvent>
  regrade(id: RunId): number
  delete(id: RunId): void
  /** True while this process executes a run. */
  readonly busy: boolean
  /** Cancels what runs here and waits until it is stored. */
  close(): Promise<void>
}

export function createRuns(deps: RunDeps): Runs {
  const { store, clock } = deps
  const hub = createRunHub()
  let execution: { readonly id: RunId; readonly control: RunControl; readonly done: Promise<unknown> } | null = null

  const stateOf = (run: Pick<RunSummary, 'id' | 'state'>): RunState => {
    if (run.state !== 'running') return run.state
    const lease = store.runs.lease(run.id)
    return lease === null || lease.expiresAtMs < clock.now() ? 'interrupted' : 'running'
  }
  const get = (id: RunId): Run => {
    const run = store.runs.get(id)
    if (run === null) throw new LabError('NOT_FOUND', `There is no run ${id}.`, { hint: 'List the runs to see their numbers.' })
    return { ...run, state: stateOf(run) }
  }
  const prompts = (id: RunId): readonly SelectedPrompt[] => {
    const suites = new Map(get(id).suites.map(({ hash }) => [hash as string, store.suites.get(hash)]))
    const present = new Map([...suites].filter((entry): entry is [string, NonNullable<(typeof entry)[1]>] => entry[1] !== null))
    return promptsOf(present, { prompts: store.runs.prompts(id) })
  }
  const refuseSecond = () => {
    if (execution !== null) {
      throw new LabError('CONFLICT', `Run ${execution.id} is running in this process.`, {
        hint: 'Wait until it ends, or pause or cancel it first.',
      })
    }
  }
  const execute = (id: RunId) => {
    const control = { cancel: new AbortController(), pause: new AbortController() }
    const done = executeRun(deps, hub, id, control)
      .catch((error: unknown) => reportFailure(id, error))
      .finally(() => {
        execution = null
      })
    execution = { id, control, done }
  }
  const reportFailure = (id: RunId, error: unknown) => {
    if (error instanceof LabError) return
    hub.publish({ kind: 'state', run: id, state: 'failed', error: { code: 'INTERNAL', message: String(error), hint: null } })
    throw error
  }

  return {
    plan: async (spec, signal) => (await planRun(deps, spec, signal)).plan,
    async start(spec, signal) {
      refuseSecond()
      const prepared = await planRun(deps, spec, signal)
      refuseSecond()
      const id = storeRun(deps, spec, prepared)
      execute(id)
      return id
    },
    resume(id, { errors }) {
      refuseSecond()
      if (get(id).state === 'running') throw new LabError('RUN_LEASED', `Run ${id} is being executed by another process.`)
      // Cells that were cut off by a cancel are missing, not failed.
      store.cells.resetErrors(id, errors ? undefined : ['CANCELLED'])
      execute(id)
    },
    stop(id, how) {
      if (execution?.id === id) execution.control[how].abort(new LabError('CANCELLED', `The run was asked to ${how}.`))
      else if (get(id).state === 'running') store.runs.setWish(id, how)
    },
    list: () => store.runs.list().map((run) => ({ ...run, state: stateOf(run) })),
    get,
    prompts,
    watch: (id, { text }, signal) => watchRun(deps, hub, { run: get(id).id, text, signal, stateOf: (run) => get(run).state }),
    regrade: (id) => regradeRun(store, get(id).id, prompts(id)),
    delete(id) {
      if (get(id).state === 'running') throw new LabError('CONFLICT', `Run ${id} is running.`, { hint: 'Cancel it first.' })
      store.runs.delete(id)
    },
    get busy() {
      return execution !== null
    },
    async close() {
      execution?.control.cancel.abort(new LabError('CANCELLED', 'The lab is closing.'))
      await execution?.done
    },
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
