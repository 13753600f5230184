import type { LabContract } from '#shared/contract/contract.ts'
import type { Handlers } from '#shared/contract/wire-types.ts'
import type { Changes } from './changes.ts'
import type { Clock } from '../runs/run-deps.ts'
import type { Runs } from '../runs/runs.ts'
import type { LabSettings } from '../settings/lab-settings.ts'
import type { Store } from '../store/store.ts'
import type { SuiteLibrary } from '../suites/suite-library.ts'
import type { VariantFiles } from '../variants/files.ts'
import type { VariantIndex } from '../variants/variant-index.ts'
import type { SpawnWorker } from '../workers/worker-process.ts'

/** What the handlers work with. Built once, by lab.ts. */
export interface LabServices {
  readonly home: string
  readonly version: string
  readonly store: Store
  readonly settings: LabSettings
  readonly suites: SuiteLibrary
  readonly files: VariantFiles
  readonly variants: VariantIndex
  readonly runs: Runs
  readonly clock: Clock
  /** What pages are told of each other's doings. */
  readonly changes: Changes
  /** Starts the processes beside the lab. */
  readonly spawn: SpawnWorker
}

/** The handlers of some calls; lab.ts puts the groups together and the compiler sees that none is missing. */
export type HandlerGroup<Names extends keyof LabContract> = Pick<Handlers<LabContract>, Names>
