import type { CellId, RunId } from '#shared/domain/ids.ts'
import type { Cell, Trace } from '#shared/domain/run.ts'
import type { TokenRecord } from '#shared/domain/trace.ts'
import type { Page } from './store.ts'

/** A hit of a search in traces. Offsets are UTF-16 units into `snippet`. */
export interface TraceHit {
  readonly cell: Cell
  readonly part: 'thinking' | 'answer'
  readonly snippet: string
  readonly marks: readonly { readonly start: number; readonly end: number }[]
  /** Occurrences in this part of this trace. */
  readonly count: number
}

/** Traces of one variant that hold a query in their thinking, and in their answer. */
export interface HitCount {
  readonly variantIndex: number
  readonly thinking: number
  readonly answer: number
}

/** What models wrote, and the search through it. */
export interface TraceRepository {
  get(cell: CellId): Trace | null
  tokens(cell: CellId): readonly TokenRecord[] | null
  /** Words, phrases in quotes, prefixes with `*`; Chinese of any length. Never throws on a malformed query. */
  search(
    run: RunId,
    query: string,
    options: { readonly part?: 'thinking' | 'answer'; readonly offset: number; readonly limit: number },
  ): Page<TraceHit>
  /** How many traces of each variant a query is found in, by part; variants without a hit are left out. */
  hitCounts(run: RunId, query: string): readonly HitCount[]
  /** Every place of a query in one trace. Offsets are UTF-16 units into the part. Empty where there is no trace. */
  marks(cell: CellId, query: string): Readonly<Record<TraceHit['part'], TraceHit['marks']>>
}
