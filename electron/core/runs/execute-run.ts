import { LabError, type ErrorInfo } from '#shared/domain/error.ts'
import type { RunId } from '#shared/domain/ids.ts'
import type { CellCounts, Run, RunState, RunVariant } from '#shared/domain/run.ts'
import type { Grader } from '#shared/domain/suite.ts'
import { prepareGraders } from '#shared/grading/grade.ts'
import type { CellRecord, PlannedCell, Store, VariantTally } from '../store/store.ts'
import { estimateTime, secondsLeft } from './estimate-time.ts'
import { earlierSeconds, lanesOf } from './variant-progress.ts'
import { judgeCells } from './judge-cells.ts'
import { consequenceOf } from './retry-policy.ts'
import type { RunDeps } from './run-deps.ts'
import type { RunHub } from './run-hub.ts'
import { holdLease } from './run-lease.ts'
import { runVariantTurn, type VariantTurn } from './run-variant.ts'

/** Progress is told at most this often. */
const progressEveryMs = 100

/** What stops an execution: `cancel` ends generations in flight, `pause` lets them finish. */
export interface RunControl {
  readonly cancel: AbortController
  readonly pause: AbortController
}

/** How a run came to rest, as it is stored. */
export interface Rest {
  readonly state: RunState
  readonly error: ErrorInfo | null
}

/**
 * Runs the missing cells of a stored run, variant by variant, then the judge. Whatever happened is in the store when it
 * resolves; telling watchers that the run rests is the caller's, who has to be ready for the next one by then.
 * @throws LabError RUN_LEASED when another process executes it; what the store cannot write, the end of the run among it
 */
export async function executeRun(deps: RunDeps, hub: RunHub, id: RunId, control: RunControl): Promise<Rest> {
  const { store } = deps
  const run = storedRun(deps, id)
  const lost: { error: LabError | null } = { error: null }
  const lease = holdLease({
    runs: store.runs,
    run: id,
    owner: deps.owner,
    clock: deps.clock,
    isGone: (owner) => deps.isGone(owner),
    onLost(error) {
      lost.error = error
      control.cancel.abort(error)
    },
    onWish: (wish) => control[wish].abort(new LabError('CANCELLED', `Another process asked to ${wish} the run.`)),
  })
  store.runs.setState(id, 'running')
  hub.publish({ kind: 'state', run: id, state: 'running', error: null })
  const outcome = await runTurns(deps, hub, run, control).then(
    (problems) => ({ problems, bug: null }),
    (error: unknown) => ({
      problems: [error instanceof LabError ? error : new LabError('INTERNAL', 'Assay failed while running.')],
      bug: error instanceof LabError ? null : error,
    }),
  )
  // Neither its state nor its lease may be touched: it may be another process's by now.
  if (lost.error !== null) throw lost.error
  const rest = restOf(deps, id, control, outcome.problems)
  lease.release()
  store.runs.setState(id, rest.state, rest.error)
  if (outcome.bug !== null) throw outcome.bug
  return rest
}

function storedRun(deps: RunDeps, id: RunId): Run {
  const run = deps.store.runs.get(id)
  if (run === null)
    throw new LabError('NOT_FOUND', `There is no run ${id}.`, {
      hint: 'List the runs to see their numbers: `assay runs`.',
    })
  return run
}

function restOf(deps: RunDeps, id: RunId, control: RunControl, problems: readonly LabError[]): Rest {
  if (control.cancel.signal.aborted) return { state: 'cancelled', error: null }
  if (control.pause.signal.aborted) return { state: 'paused', error: null }
  if (problems.length > 0) return { state: 'failed', error: describe(problems) }
  return { state: deps.store.cells.counts(id).pending === 0 ? 'done' : 'failed', error: null }
}

function describe(problems: readonly LabError[]) {
  const [first] = problems
  if (first === undefined) return null
  const { code, message, hint } = first
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return { code, message: message + more, hint: hint ?? 'Resume the run when this is mended: finished cells are kept.' }
}

/** One turn a variant with missing cells. A variant that cannot run leaves its cells missing and the others go on. */
async function runTurns(deps: RunDeps, hub: RunHub, run: Run, control: RunControl): Promise<readonly LabError[]> {
  const { store } = deps
  await prepareGraders(gradersOf(store, run.id))
  const tallies = store.cells.tallies(run.id)
  const missing = new Map(tallies.map(({ variantIndex, total, done, error }) => [variantIndex, total - done - error]))
  const progress = trackProgress(deps, hub, run, tallies)
  const problems: LabError[] = []
  const cancel = control.cancel.signal
  const pause = control.pause.signal
  const reference = run.variants[0]
  if (reference === undefined) throw new LabError('STORE_CORRUPT', `Run ${run.id} has no variants.`)

  for (const runVariant of run.variants) {
    if (cancel.aborted || pause.aborted) break
    const isComplete = (missing.get(runVariant.index) ?? 0) === 0
    if (isComplete && !mustRender(deps, run, runVariant, missing)) continue
    const turn: VariantTurn = {
      run: run.id,
      spec: run.spec,
      runVariant,
      reference,
      cells: () => store.cells.eachMissing(run.id, runVariant.index),
      cancel,
      pause,
      publish: hub.publish,
      onCellDone: progress.cellDone,
    }
    try {
      await runVariantTurn(deps, turn)
    } catch (error) {
      if (cancel.aborted) break
      if (!(error instanceof LabError)) throw error
      problems.push(error)
      // Without the reference nothing is rendered; and what stops the run stops the other variants too.
      if (consequenceOf(error) === 'run' || store.runs.unrendered(run.id).length > 0) break
    }
  }
  if (!cancel.aborted && !pause.aborted) {
    await judgeCells(deps, { run: run.id, spec: run.spec, cancel, pause, publish: hub.publish })
  }
  progress.flush()
  return problems
}

/** The reference writes the prompts for all, so it is loaded for that even when it has no cells left. */
function mustRender(deps: RunDeps, run: Run, runVariant: RunVariant, missing: ReadonlyMap<number, number>): boolean {
  return (
    runVariant.index === 0 &&
    run.arms.some((arm) => arm !== 'chat') &&
    [...missing.values()].some((n) => n > 0) &&
    deps.store.runs.unrendered(run.id).length > 0
  )
}

function* gradersOf(store: Store, run: RunId): Generator<Grader | undefined> {
  for (const { prompt } of store.runs.eachPrompt(run)) yield prompt.grader
}

function trackProgress(deps: RunDeps, hub: RunHub, run: Run, begun: readonly VariantTally[]) {
  const { store, clock } = deps
  const counts: { -readonly [K in keyof CellCounts]: CellCounts[K] } = { ...store.cells.counts(run.id) }
  // Kept along, not read from the store at every cell.
  const tallies = new Map(begun.map((tally) => [tally.variantIndex, tally]))
  const earlier = earlierSeconds(store, run)
  const startedMs = clock.monotonic()
  let toldMs = -progressEveryMs

  const tell = () => {
    toldMs = clock.monotonic()
    const variants = estimateTime([...tallies.values()], earlier, lanesOf(run))
    hub.publish({
      kind: 'progress',
      run: run.id,
      counts: { ...counts },
      activeSeconds: run.activeSeconds + (toldMs - startedMs) / 1000,
      variants,
      secondsLeft: secondsLeft(variants),
      waitingFor: null,
    })
  }
  tell()
  return {
    cellDone: (planned: PlannedCell, record: CellRecord) => {
      counts.pending -= 1
      counts[record.state] += 1
      const tally = tallies.get(planned.variantIndex)
      if (tally !== undefined) tallies.set(planned.variantIndex, tallied(tally, record))
      const cell = store.cells.get(planned.id)
      if (cell !== null) hub.publish({ kind: 'cell-done', run: run.id, cell })
      if (clock.monotonic() - toldMs >= progressEveryMs) tell()
    },
    flush: tell,
  }
}

function tallied(tally: VariantTally, { state, timings }: CellRecord): VariantTally {
  if (state === 'pending') return tally
  return { ...tally, [state]: tally[state] + 1, totalMs: tally.totalMs + (timings.totalMs ?? 0) }
}
