import type { Arm } from '#shared/domain/engine.ts'
import type { CellId, Digest, RunId, SuiteHash } from '#shared/domain/ids.ts'
import type { CellState } from '#shared/domain/run.ts'
import type { HashedPrompt, HashedSuite } from '#shared/domain/suite.ts'

/** One prompt of a run as the reference's template wrote it, before any arm. */
export interface StoredRender {
  readonly promptIndex: number
  readonly text: string
  readonly by: 'engine' | 'jinja' | 'family'
  readonly templateHash: Digest
}

/** A prompt of a stored run, with the suite it comes from. */
export interface RunPrompt {
  readonly suite: Pick<HashedSuite, 'hash' | 'name'>
  readonly prompt: HashedPrompt
}

/** A planned cell with what its execution needs to find its prompt and variant. */
export interface PlannedCell {
  readonly id: CellId
  readonly variantIndex: number
  readonly promptIndex: number
  readonly arm: Arm
  readonly sample: number
  readonly state: CellState
}

/** Which cells are meant; what is left out matters not. */
export interface CellsAsked {
  readonly digest?: Digest
  readonly suite?: SuiteHash
  /** A run whose cells are left out. */
  readonly besides?: RunId
}

export interface CellPace {
  /** From request to end. */
  readonly seconds: number
  /** Generated; null where an engine did not count them. */
  readonly tokens: number | null
}
