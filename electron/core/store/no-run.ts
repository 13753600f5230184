import { LabError } from '#shared/domain/error.ts'
import type { RunId } from '#shared/domain/ids.ts'

export const noRun = (id: RunId) =>
  new LabError('NOT_FOUND', `There is no run ${id}.`, { hint: 'List the runs to see their numbers: `assay runs`.' })
