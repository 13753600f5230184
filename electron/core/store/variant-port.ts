import type { Digest, RunId, SuiteHash, VariantId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'

/** What weights that Assay made came from. */
export interface MadeVariant {
  readonly from: Digest
  /** As it was called then. */
  readonly source: VariantId
  readonly family: string
  /** The same tensors under a header that an engine wrote anew. */
  readonly sameTensors: boolean
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

export interface VariantRepository {
  put(variant: Variant): void
  get(digest: Digest): Variant | null
  /** Digest of a file by path, size and modification time, so that a large file is hashed once. */
  knownFile(path: string, sizeBytes: number, modifiedMs: number): Digest | null
  rememberFile(path: string, sizeBytes: number, modifiedMs: number, digest: Digest): void
  /** What weights that Assay made came from; null where it did not make them. */
  madeFrom(weights: Digest): MadeVariant | null
  rememberMade(weights: Digest, made: MadeVariant): void
  /** Means over the latest finished cells of a variant, or of a suite's prompts, or of both; null where none ran. */
  cellPace(of: CellsAsked): CellPace | null
}
