import type { Digest, VariantId } from '#shared/domain/ids.ts'

/** What weights that Assay made came from. */
export interface MadeRecord {
  /** Digest of the weights they were made from. */
  readonly from: Digest
  /** What these were called then; they may be gone since. */
  readonly source: VariantId
  readonly family: string
  /** The tensors are the same: a file that was registered, and whose header the engine wrote anew. */
  readonly sameTensors: boolean
}

/** Remembers what Assay made, by digest of the weights. `store.variants` is one. */
export interface MadeMemory {
  /** Null where Assay did not make them, or on another machine. */
  madeFrom(weights: Digest): MadeRecord | null
  rememberMade(weights: Digest, record: MadeRecord): void
}
