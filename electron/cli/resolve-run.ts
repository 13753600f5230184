import type { LabClient } from '#shared/contract/contract.ts'
import { LabError } from '#shared/domain/error.ts'
import { UsageError } from './show-error.ts'

/** `17`, `#17` or `last`: the number of a run. */
export async function resolveRun(lab: LabClient, word: string): Promise<number> {
  if (word === 'last') {
    const runs = await lab['runs.list']({})
    if (runs.length === 0) {
      throw new LabError('NOT_FOUND', 'There is no run yet.', { hint: 'The demo makes one: npm run demo' })
    }
    return Math.max(...runs.map(({ id }) => id))
  }
  const digits = /^#?([1-9]\d{0,14})$/.exec(word)?.[1]
  if (digits === undefined) {
    throw new UsageError(`"${word}" is not a run.`, 'Give its number, or `last`. The verb `runs` lists them.')
  }
  return Number(digits)
}
