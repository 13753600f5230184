import type { Comparison } from '#shared/domain/comparison.ts'
import type { CellId } from '#shared/domain/ids.ts'
import type { Cell, Run, Trace } from '#shared/domain/run.ts'
import type { Prompt } from '#shared/domain/suite.ts'
import type { Fingerprint } from '#shared/domain/trace.ts'
import type { LostPrompts } from './lost-prompts.ts'

/** One arm of a run, compared. */
export interface ArmReport {
  readonly comparison: Comparison
  readonly lost: readonly LostPrompts[]
}

/** What a report is made from. Cells and traces are read only by the formats that hold them, one at a time. */
export interface ReportInput {
  /** In the run's order; never empty. */
  readonly arms: readonly [ArmReport, ...ArmReport[]]
  readonly run: Run
  readonly assayVersion: string
  readonly createdAtMs: number
  /** Configurations the cells really ran with: one a variant and arm is enough. */
  readonly fingerprints: readonly Fingerprint[]
  cells(): Iterable<Cell>
  /** By position in the run. */
  prompt(promptIndex: number): Prompt | null
  trace(cell: CellId): Trace | null
  /** Whether csv and jsonl carry prompts, thinking and answers. */
  readonly withText: boolean
}
