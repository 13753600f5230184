import type { LoadSettings } from '#shared/domain/engine.ts'
import type { RunId } from '#shared/domain/ids.ts'
import type { RunVariant } from '#shared/domain/run.ts'
import type { Engine } from '../engines/engine.ts'
import type { StoredRender } from '../store/store.ts'
import type { RunDeps } from './run-deps.ts'
import { promptAt } from './stored-prompts.ts'

/** Renders are stored in batches: one transaction for each would cost more than rendering. */
const batchSize = 200

/**
 * Has the reference's template write every prompt of the run that has no render yet. Every variant is then sent the
 * same bytes, whatever its own tag's template says.
 */
export async function renderMissing(
  deps: RunDeps,
  options: {
    readonly run: RunId
    readonly engine: Engine
    readonly runVariant: RunVariant
    readonly loadSettings: LoadSettings
    readonly cancel: AbortSignal
  },
): Promise<void> {
  const { run, engine, runVariant, loadSettings, cancel } = options
  let batch: StoredRender[] = []
  const flush = () => {
    if (batch.length > 0) deps.store.runs.putRenders(run, batch)
    batch = []
  }
  for (const promptIndex of deps.store.runs.unrendered(run)) {
    const prompt = promptAt(deps, run, promptIndex)
    cancel.throwIfAborted()
    const message = { system: prompt.system ?? null, user: prompt.text }
    const rendered = await engine.render(runVariant.variant.ref, message, loadSettings, cancel)
    batch.push({ promptIndex, ...rendered })
    if (batch.length === batchSize) flush()
  }
  flush()
}
