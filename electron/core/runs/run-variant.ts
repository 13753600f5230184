import type { LoadedModel } from '#shared/domain/engine.ts'
import { LabError, type ErrorCode } from '#shared/domain/error.ts'
import type { RunId } from '#shared/domain/ids.ts'
import type { RunEvent, RunSpec, RunVariant } from '#shared/domain/run.ts'
import type { Engine } from '../engines/engine.ts'
import type { CellRecord, PlannedCell } from '../store/store.ts'
import { collectGeneration } from './collect-generation.ts'
import { liveText } from './live-text.ts'
import { renderMissing } from './render-prompts.ts'
import { consequenceOf, failuresInRowToStop } from './retry-policy.ts'
import { runCell, type CellContext } from './run-cell.ts'
import type { RunDeps } from './run-deps.ts'
import { promptAt } from './stored-prompts.ts'

/** One variant's turn in a run. */
export interface VariantTurn {
  readonly run: RunId
  readonly spec: RunSpec
  readonly runVariant: RunVariant
  readonly reference: RunVariant
  /** Its missing cells, from the first on. */
  readonly cells: () => IterableIterator<PlannedCell>
  /** Ends generations in flight: their partial text is kept. */
  readonly cancel: AbortSignal
  /** Lets cells in flight finish and starts no more. */
  readonly pause: AbortSignal
  readonly publish: (event: RunEvent) => void
  readonly onCellDone: (cell: PlannedCell, record: CellRecord) => void
}

/**
 * Loads a variant, warms it up outside the timings, runs its cells as many at once as the engine serves, unloads it.
 * @throws LabError when no further cell of this variant can run; what had run is stored
 */
export async function runVariantTurn(deps: RunDeps, turn: VariantTurn): Promise<void> {
  const { run, spec, runVariant, publish, cancel } = turn
  const engine = deps.engine(runVariant.variant.endpoint)
  const phase = (name: Extract<RunEvent, { kind: 'variant' }>['phase']) =>
    publish({ kind: 'variant', run, variantIndex: runVariant.index, phase: name })

  phase('loading')
  await refuseChangedDigest(deps, runVariant, cancel)
  const loadSettings = { contextTokens: spec.contextTokens, threads: spec.threads, batchTokens: null }
  const loaded = await engine.load(runVariant.variant.ref, loadSettings, cancel)
  try {
    if (runVariant.role === 'reference') await renderMissing(deps, { ...turn, engine, loadSettings })
    phase('warming')
    await warmUp(deps, turn, engine)
    phase('running')
    await runCells(deps, turn, engine, loaded)
  } finally {
    phase('unloading')
    await unload(engine, runVariant)
  }
}

/** An engine that cannot unload is gone or broken; what comes next will say so better, and what happened before counts more. */
async function unload(engine: Engine, { variant }: RunVariant): Promise<void> {
  try {
    await engine.unload(variant.ref)
  } catch (error) {
    if (!(error instanceof LabError)) throw error
  }
}

/** A tag that was pulled again, or a file that was written anew, is another model: its cells are never mixed. */
async function refuseChangedDigest(deps: RunDeps, { variant }: RunVariant, signal: AbortSignal): Promise<void> {
  const now = await deps.variant(variant.id, signal)
  if (now.digest === variant.digest) return
  throw new LabError('MODEL_CHANGED', `${variant.name} is not the model it was when this run was planned.`, {
    hint: 'Start a new run with it, or bring the earlier file or tag back.',
    data: { planned: variant.digest, found: now.digest },
  })
}

/** One token of one prompt, not stored: the first generation after a load pays for what later ones do not. */
async function warmUp(deps: RunDeps, turn: VariantTurn, engine: Engine): Promise<void> {
  const first = firstRaw(turn.cells())
  const render = first === null ? null : deps.store.runs.render(turn.run, first.promptIndex)
  if (render === null) return
  const { spec, runVariant, cancel } = turn
  await collectGeneration({
    engine,
    request: {
      ref: runVariant.variant.ref,
      input: { mode: 'raw', prompt: render.text },
      load: { contextTokens: spec.contextTokens, threads: spec.threads, batchTokens: null },
      sampling: spec.sampling,
      seed: spec.sampling.seed,
      maxTokens: 1,
      stop: [],
      alternatives: null,
    },
    startsInside: false,
    idleTimeoutMs: spec.idleTimeoutMs,
    clock: deps.clock,
    signal: cancel,
    onText: () => {},
  })
}

function firstRaw(cells: Iterable<PlannedCell>): PlannedCell | null {
  for (const cell of cells) if (cell.arm !== 'chat') return cell
  return null
}

async function runCells(deps: RunDeps, turn: VariantTurn, engine: Engine, loaded: LoadedModel): Promise<void> {
  const live = liveText(deps.clock, (cell, text) => turn.publish({ kind: 'cell-text', run: turn.run, cell, ...text }))
  const context = cellContext(deps, turn, engine, loaded, (cell, delta) => live.push(cell.id, delta))
  // One for all lanes: each takes the next cell.
  const queue = turn.cells()
  const failures = { inRow: 0 }
  const fatal: { error: LabError | null } = { error: null }

  const lane = async () => {
    for (const cell of queue) {
      if (turn.cancel.aborted || turn.pause.aborted || fatal.error !== null) return
      turn.publish({ ...cellStarted(turn.run, cell) })
      live.begin(cell.id)
      const record = await runCell(context, cell, turn.cancel)
      live.end(cell.id)
      if (isVariantAtFault(record, failures)) {
        fatal.error ??= new LabError(
          record.error?.code ?? 'ENGINE_FAILED',
          record.error?.message ?? 'The engine keeps failing.',
          {
            hint: record.error?.hint ?? 'See the errors of its cells, then resume the run.',
          },
        )
      }
      deps.store.cells.record(record)
      turn.onCellDone(cell, record)
    }
  }
  const features = await engine.features(turn.cancel)
  const lanes = Math.max(1, turn.spec.concurrency ?? features.concurrency)
  const settled = await Promise.allSettled(Array.from({ length: lanes }, lane))
  for (const result of settled) if (result.status === 'rejected') throw result.reason
  if (fatal.error !== null) throw fatal.error
}

const cellStarted = (run: RunId, cell: PlannedCell) =>
  ({
    kind: 'cell-started',
    run,
    cell: cell.id,
    variantIndex: cell.variantIndex,
    promptIndex: cell.promptIndex,
    arm: cell.arm,
    sample: cell.sample,
  }) as const

/** What is not tried again, and still is the engine's fault and not the prompt's. */
const engineFaults: readonly ErrorCode[] = ['ENGINE_TIMEOUT', 'BUDGET_IGNORED']

function isVariantAtFault(record: CellRecord, failures: { inRow: number }): boolean {
  if (record.error === null || record.error.code === 'CANCELLED') {
    failures.inRow = 0
    return false
  }
  const consequence = consequenceOf(new LabError(record.error.code, ''))
  if (consequence === 'variant' || consequence === 'run' || record.error.code === 'ENGINE_ABSENT') return true
  failures.inRow = consequence === 'again' || engineFaults.includes(record.error.code) ? failures.inRow + 1 : 0
  return failures.inRow >= failuresInRowToStop
}

function cellContext(
  deps: RunDeps,
  turn: VariantTurn,
  engine: Engine,
  ...[loaded, onText]: [LoadedModel, CellContext['onText']]
): CellContext {
  const { run, spec, runVariant } = turn
  const { store } = deps
  return {
    spec,
    engine,
    runVariant,
    loaded,
    clock: deps.clock,
    assayVersion: deps.assayVersion,
    prompt: (index) => promptAt(deps, run, index),
    render(index) {
      const render = store.runs.render(run, index)
      if (render === null) throw new LabError('STORE_CORRUPT', `Prompt ${index} of run ${run} was never rendered.`)
      return render
    },
    expectedPromptTokens: referencePromptTokens(deps, turn),
    onText,
  }
}

/**
 * What the reference's engine counted for the same text. Compared within one endpoint only: engines differ in whether
 * they count the begin token.
 */
function referencePromptTokens(
  deps: RunDeps,
  { run, runVariant, reference }: VariantTurn,
): CellContext['expectedPromptTokens'] {
  if (runVariant.role === 'reference' || reference.variant.endpoint !== runVariant.variant.endpoint) return () => null
  return ({ promptIndex, arm, sample }) =>
    arm === 'chat' ? null : deps.store.cells.promptTokens(run, reference.index, promptIndex, arm, sample)
}
