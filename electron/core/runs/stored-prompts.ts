import { LabError } from '#shared/domain/error.ts'
import type { Run } from '#shared/domain/run.ts'
import type { RunDeps } from './run-deps.ts'
import type { SelectedPrompt } from './select-prompts.ts'

/**
 * The prompts of a stored run, as they were when it was planned: suites are kept by hash for as long as a run uses them.
 * @throws LabError STORE_CORRUPT when the store lacks one
 */
export function storedPrompts(
  { store }: Pick<RunDeps, 'store'>,
  run: Pick<Run, 'id' | 'suites'>,
): readonly SelectedPrompt[] {
  const suites = new Map(
    run.suites.map(({ hash, name }) => {
      const suite = store.suites.get(hash)
      if (suite === null) throw missing(`suite ${name}`)
      return [hash, { suite, prompts: new Map(suite.prompts.map((prompt) => [prompt.id, prompt])) }]
    }),
  )
  return store.runs.prompts(run.id).map(({ suite: hash, promptId }) => {
    const found = suites.get(hash)
    const prompt = found?.prompts.get(promptId)
    if (found === undefined || prompt === undefined) throw missing(`prompt ${promptId}`)
    return { suite: found.suite, prompt }
  })
}

const missing = (what: string) =>
  new LabError('STORE_CORRUPT', `The store lacks ${what} of this run.`, { hint: 'Import its suite again.' })
