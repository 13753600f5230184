import type { Digest, VariantId } from '#shared/domain/ids.ts'
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

export interface VariantRepository {
  put(variant: Variant): void
  get(digest: Digest): Variant | null
  /** Digest of a file by path, size and modification time, so that a large file is hashed once. */
  knownFile(path: string, sizeBytes: number, modifiedMs: number): Digest | null
  rememberFile(path: string, sizeBytes: number, modifiedMs: number, digest: Digest): void
  /** What weights that Assay made came from; null where it did not make them. */
  madeFrom(weights: Digest): MadeVariant | null
  rememberMade(weights: Digest, made: MadeVariant): void
}
