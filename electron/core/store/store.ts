import type { Arm } from '#shared/domain/engine.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { CellId, Digest, RunId, SuiteHash } from '#shared/domain/ids.ts'
import type { Judgement, LabelRecord, Outcome } from '#shared/domain/label.ts'
import type {
  Cell,
  CellCounts,
  CellState,
  Grade,
  Run,
  RunPlan,
  RunSpec,
  RunState,
  RunSummary,
  RunVariant,
} from '#shared/domain/run.ts'
import type { HashedSuite, SuiteSummary } from '#shared/domain/suite.ts'
import type { EndReason, Fingerprint, Split, ThinkState, Timings, TokenRecord } from '#shared/domain/trace.ts'
import type { TraceRepository } from './trace-port.ts'
import type { VariantRepository } from './variant-port.ts'
import type { CellPace, CellsAsked, PlannedCell, RunPrompt, StoredRender } from './run-parts.ts'

export type { PlannedCell, RunPrompt, StoredRender }

/** One generation, as the executor hands it over when a cell ends well or badly. */
export interface CellRecord {
  readonly cell: CellId
  /** `pending`: it was cut off, and has to run again. */
  readonly state: Exclude<CellState, 'running'>
  readonly renderedPrompt: string | null
  readonly renderedHash: Digest | null
  readonly raw: string
  readonly split: Split
  readonly endReason: EndReason
  readonly promptTokens: number | null
  readonly outputTokens: number | null
  readonly thinkingTokens: number | null
  readonly timings: Timings
  readonly seed: number
  readonly fingerprint: Fingerprint
  readonly error: ErrorInfo | null
  readonly attempts: number
  readonly startedAtMs: number
  /** Null where no log-probabilities were asked for. */
  readonly tokens: readonly TokenRecord[] | null
  readonly logprobsMissing: number | null
  readonly grade: Grade | null
  readonly judgement: Judgement | null
}

export interface NewRun {
  readonly name: string
  readonly spec: RunSpec
  readonly plan: RunPlan
  readonly variants: readonly RunVariant[]
  /** Prompts in the order they run. `promptIndex` of a cell is the position here. */
  readonly prompts: readonly {
    readonly suite: SuiteHash
    readonly suiteName: string
    readonly promptId: string
    readonly contentHash: Digest
  }[]
  readonly arms: readonly Arm[]
  readonly samples: number
}

/** Filters of a cell list. Absent: no condition. Arrays mean any of. */
export interface CellFilter {
  readonly variantIndexes?: readonly number[]
  readonly arms?: readonly Arm[]
  readonly states?: readonly CellState[]
  readonly thinkStates?: readonly ThinkState[]
  /** `error` also finds cells whose generation failed. */
  readonly outcomes?: readonly Outcome[]
  readonly correct?: boolean
  readonly needsReview?: boolean
  readonly promptIndexes?: readonly number[]
  readonly tag?: { readonly name: string; readonly value: string }
  /** Full-text query over thinking and answer. */
  readonly query?: string
  /** Prompts that a query finds too, whatever their cells say. */
  readonly queryPrompts?: readonly number[]
}

/** `order`: variant, arm, sample, prompt. `prompt`: the run's prompts one after the other, the variants of each together. */
export type CellSort =
  | 'order'
  | 'prompt'
  | 'tokens'
  | 'thinkingTokens'
  | 'tokensPerSecond'
  | 'firstTokenMs'
  | 'promptId'
  | 'state'
  | 'outcome'

export interface Page<T> {
  readonly total: number
  readonly rows: readonly T[]
}

/** The light row that statistics are computed from: one a cell, no text. */
export interface CellFact {
  readonly variantIndex: number
  readonly promptIndex: number
  readonly arm: Arm
  readonly sample: number
  readonly state: CellState
  readonly correct: boolean | null
  /** True where a grader gave a grade. With `correct` null the answer was ungradable. */
  readonly graded: boolean
  readonly promptTokens: number | null
  readonly outcome: Outcome | null
  readonly thinkState: ThinkState | null
  readonly tokens: number | null
  readonly thinkingTokens: number | null
  readonly generateMs: number | null
  readonly firstTokenMs: number | null
  readonly rawHash: string | null
}

/** What the cells of one variant come to in counts and time. */
export interface VariantTally {
  readonly variantIndex: number
  readonly total: number
  readonly done: number
  readonly error: number
  /** Sum over its finished cells, each from request to end. */
  readonly totalMs: number
}

/** The right to execute a run. Renewed while it executes; lapses when the executor dies. */
export interface Lease {
  readonly owner: string
  readonly expiresAtMs: number
}

export interface RunRepository {
  /** One transaction: the run, its variants, prompts and all its cells as `pending`. */
  create(run: NewRun): RunId
  get(id: RunId): Run | null
  list(): readonly RunSummary[]
  setState(id: RunId, state: RunState, error?: ErrorInfo | null): void
  /** Adds executed time. Called with every lease renewal, so that a crash loses at most one interval. */
  addActiveMs(id: RunId, ms: number): void
  rename(id: RunId, name: string): void
  /** Removes the run with everything that belongs to it. */
  delete(id: RunId): void
  prompts(id: RunId): NewRun['prompts']
  /** The prompt at a place, as it was when the run was planned; null where there is none. */
  prompt(id: RunId, promptIndex: number): RunPrompt | null
  /** All of them in order, read in pages. */
  eachPrompt(id: RunId): Iterable<RunPrompt>
  promptCount(id: RunId): number
  /** Keeps how the reference's template wrote these prompts; every variant is sent the same text. */
  putRenders(id: RunId, renders: readonly StoredRender[]): void
  render(id: RunId, promptIndex: number): StoredRender | null
  /** Prompts of the run that have no render yet. */
  unrendered(id: RunId): readonly number[]
  /** True when the caller now holds the lease: it was free, lapsed, or already the caller's. */
  takeLease(id: RunId, owner: string, nowMs: number, ttlMs: number): boolean
  /** False when somebody else has taken over: the caller must stop. */
  renewLease(id: RunId, owner: string, nowMs: number, ttlMs: number): boolean
  releaseLease(id: RunId, owner: string): void
  lease(id: RunId): Lease | null
  /** A wish of another process: the executor polls it with its lease. Null clears it. */
  setWish(id: RunId, wish: 'pause' | 'cancel' | null): void
  wish(id: RunId): 'pause' | 'cancel' | null
}

export interface CellRepository {
  /** Cells that still have to run, in schedule order: variant, arm, sample, prompt. */
  missing(run: RunId, options: { readonly errors: boolean }): readonly PlannedCell[]
  /** The pending cells of one variant, read in pages as they are asked for; cells may be recorded meanwhile. */
  eachMissing(run: RunId, variantIndex: number): IterableIterator<PlannedCell>
  /** Prompt tokens that the engine counted for a finished cell; null where it has not run or did not count. */
  promptTokens(run: RunId, variantIndex: number, promptIndex: number, arm: Arm, sample: number): number | null
  /**
   * One transaction: the generation, its fingerprint, tokens, grade, label, search text, and the cell's row. A cell that was
   * cut off keeps its text and counts as missing; it never takes the place of one that another executor has finished.
   */
  record(record: CellRecord): void
  /** Keeps the generation; replaces what was derived from it. */
  setGrade(cell: CellId, grade: Grade): void
  /** What today's code makes of the stored text. Appends a line to the label log when the rules say something new. */
  setDerived(
    cell: CellId,
    derived: { readonly split: Split; readonly grade: Grade | null; readonly judgement: Judgement | null },
  ): void
  get(id: CellId): Cell | null
  find(run: RunId, variantIndex: number, promptIndex: number, arm: Arm, sample: number): Cell | null
  page(
    run: RunId,
    query: {
      readonly filter?: CellFilter
      readonly sort?: CellSort
      readonly descending?: boolean
      readonly offset: number
      readonly limit: number
    },
  ): Page<Cell>
  counts(run: RunId): CellCounts
  /** In the order of the run's variants. */
  tallies(run: RunId): readonly VariantTally[]
  /** Means over the latest finished cells of a variant, or of a suite's prompts, or of both; null where none ran. */
  pace(of: CellsAsked): CellPace | null
  facts(run: RunId): readonly CellFact[]
  /** One byte a cell in schedule order, for the grid: see `gridCode` in shared/domain/grid.ts. */
  grid(run: RunId): Uint8Array
  /** Makes cells with errors `pending` again. Returns how many. Keeps the partial text until it is replaced. */
  resetErrors(run: RunId): number
  /** Every cell of a run in schedule order, without holding them all in memory. */
  each(run: RunId): IterableIterator<Cell>
}

export interface LabelRepository {
  /** Cells of all runs that need a person's label. */
  toReview(): number
  /** Appends; nothing is ever changed or removed while the run exists. @throws LabError NOT_FOUND */
  append(record: Omit<LabelRecord, 'id'>): LabelRecord
  history(cell: CellId): readonly LabelRecord[]
  /**
   * The label that counts of every labelled cell of a run: the last person's, else the last judge's, else the last rules'.
   * A person's `none` takes back what that person said before. `only`: of these cells, or where the word is of this source.
   */
  latest(
    run: RunId,
    only?: { readonly cells?: readonly CellId[]; readonly source?: LabelRecord['source'] },
  ): ReadonlyMap<CellId, LabelRecord>
}

/** What a user wrote, comments and all, for an editor. */
export interface SuiteText {
  readonly text: string
  readonly format: 'yaml' | 'json' | 'jsonl' | 'csv' | 'promptfoo'
}

export interface SuiteRepository {
  /** A hash that is there already keeps its content and is shown again (a bundled one stays hidden). */
  put(suite: HashedSuite, source: SuiteSummary['source'], savedAtMs: number): void
  get(hash: SuiteHash): HashedSuite | null
  /** Newest version of a name. */
  byName(name: string): HashedSuite | null
  list(): readonly SuiteSummary[]
  /** One of them, or one that is hidden. */
  summary(hash: SuiteHash): { readonly summary: SuiteSummary; readonly hidden: boolean } | null
  /** Hides it from the list. Runs that used it keep it. @throws LabError NOT_FOUND */
  delete(hash: SuiteHash): void
  /** Shows a hidden one again. @throws LabError NOT_FOUND */
  restore(hash: SuiteHash): void
  /** Keeps the text that the suite was read from. @throws LabError NOT_FOUND */
  putSource(hash: SuiteHash, source: SuiteText): void
  /** Null where none was kept. */
  source(hash: SuiteHash): SuiteText | null
}

export interface SettingsRepository {
  /** Undefined where it was never set. */
  get(key: string): unknown
  /** Any JSON value; undefined removes it. */
  set(key: string, value: unknown): void
}

/** The one door to the data. Everything is synchronous: SQLite answers in microseconds, and a transaction never spans an await. */
export interface Store {
  readonly path: string
  readonly schemaVersion: number
  readonly runs: RunRepository
  readonly cells: CellRepository
  readonly traces: TraceRepository
  readonly labels: LabelRepository
  readonly suites: SuiteRepository
  readonly variants: VariantRepository
  readonly settings: SettingsRepository
  /** Another text whenever anything may have changed in it, by this process or by another: what was read under the same one still holds. */
  stamp(): string
  /** Another number whenever another process has written. */
  writesElsewhere(): number
  /** Bytes on disk, write-ahead log included. */
  sizeBytes(): number
  /** Gives free pages back to the file system. */
  compact(): void
  /** Writes a whole copy to a path, which has to be free. @throws LabError READ_ONLY | DISK_FULL */
  copyTo(path: string): void
  /** `PRAGMA integrity_check`; empty when sound. */
  check(): readonly string[]
  close(): void
}
