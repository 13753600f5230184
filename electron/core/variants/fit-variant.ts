import { freemem } from 'node:os'
import type { MemoryFit, Variant } from '#shared/domain/variant.ts'
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
