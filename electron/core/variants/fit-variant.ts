import { freemem } from 'node:os'
import type { CatalogueFit } from '#shared/contract/views.ts'
import type { CatalogueEntry, MemoryFit, Variant } from '#shared/domain/variant.ts'
import type { Engine } from '../engines/engine.ts'
import { fitInMemory } from './memory-fit.ts'

/** What a variant needs in memory here. On another machine the free memory is not known, and neither is the verdict. */
export async function fitVariant(
  engine: Engine,
  variant: Variant,
  contextTokens: number,
  signal?: AbortSignal,
): Promise<MemoryFit> {
  const [{ geometry }, status] = await Promise.all([engine.describe(variant.ref, signal), engine.status(signal)])
  return fitInMemory({
    weightsBytes: variant.sizeBytes,
    geometry,
    contextTokens,
    trainedTokens: variant.contextTokens,
    freeBytes: status.remote ? null : freemem(),
  })
}

/** The same for what the catalogue lists, before it is pulled. `remote`: it would be pulled to another machine. */
export function fitCatalogue(
  entries: readonly CatalogueEntry[],
  contextTokens: number,
  remote: boolean,
): readonly CatalogueFit[] {
  const freeBytes = remote ? null : freemem()
  return entries.flatMap(({ tags, geometry, contextTokens: trainedTokens }) =>
    tags.map(({ tag, sizeBytes }) => ({
      tag,
      ...fitInMemory({ weightsBytes: sizeBytes, geometry, contextTokens, trainedTokens, freeBytes }),
    })),
  )
}

/** A variant that could not be looked into: nothing is known of it but why. */
export const unknownFit = (contextTokens: number, note: string): MemoryFit => ({
  contextTokens,
  weightsBytes: 0,
  kvCacheBytes: 0,
  computeBytes: 0,
  totalBytes: 0,
  freeBytes: 0,
  verdict: 'unknown',
  note,
})
