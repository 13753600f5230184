import type { RunId } from '#shared/domain/ids.ts'
import type { HashedPrompt } from '#shared/domain/suite.ts'
import type { RunDeps } from './run-deps.ts'

/** A prompt of a stored run, as it was when the run was planned: suites are kept by hash for as long as a run uses them. */
export function promptAt({ store }: Pick<RunDeps, 'store'>, run: RunId, promptIndex: number): HashedPrompt {
  const found = store.runs.prompt(run, promptIndex)
  if (found === null) throw new RangeError(`no prompt ${promptIndex} in run ${run}`)
  return found.prompt
}
