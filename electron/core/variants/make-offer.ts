import { stat, statfs } from 'node:fs/promises'
import type { MakeOffer } from '#shared/contract/views.ts'
import { errorInfo, LabError } from '#shared/domain/error.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { Engine } from '#core/engines/engine.ts'
import type { Fp8Scale } from '#core/gguf/fp8-simulate.ts'
import { readGguf, type GgufFile } from '#core/gguf/read-gguf.ts'
import { checkFp8Source } from '#core/gguf/write-fp8.ts'
import { madeFile, weightsFile } from './make.ts'
import { checkQuantizeSource } from './quantize.ts'
import { isFp8, makeTypes, quantizeTypes, type MakeType } from './quantize-types.ts'

interface OfferDeps {
  readonly home: string
  /** The engine that the variant belongs to. */
  readonly source: Engine
  /** Where a made file could be registered, or null. */
  readonly registry: Engine | null
}

/** What can be made of a variant, decided by the same checks that making it runs through. Writes nothing. */
export async function makeOffer(
  variant: Variant,
  scale: Fp8Scale,
  deps: OfferDeps,
  signal: AbortSignal,
): Promise<MakeOffer> {
  const [freeDiskBytes, registry] = await Promise.all([freeDisk(deps.home), tagsOf(deps.registry, signal)])
  const offer = { refusal: null, types: [], freeDiskBytes, registry }
  try {
    const source = await readGguf(await weightsFile(deps.source, variant.ref), signal)
    checkQuantizeSource(source)
    const types = await Promise.all(
      makeTypes.map((type) => offerType(source, variant, { type, scale, home: deps.home })),
    )
    return { ...offer, types }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof LabError)) throw error
    return { ...offer, refusal: errorInfo(error) }
  }
}

async function offerType(
  source: GgufFile,
  variant: Variant,
  { type, scale, home }: { readonly type: MakeType; readonly scale: Fp8Scale; readonly home: string },
): Promise<MakeOffer['types'][number]> {
  const file = madeFile(home, variant.family, { type, scale })
  const exists = await stat(file).then(
    () => true,
    () => false,
  )
  if (isFp8(type)) {
    const bitsPerWeight = source.precision.bitsPerWeight ?? 16
    const refusal = refusalOf(() => checkFp8Source(source))
    return { type, simulated: true, bitsPerWeight, expectedBytes: source.sizeBytes, file, exists, refusal }
  }
  const { bitsPerWeight } = quantizeTypes[type]
  const expectedBytes = Math.ceil((source.parameters * bitsPerWeight) / 8)
  return { type, simulated: false, bitsPerWeight, expectedBytes, file, exists, refusal: null }
}

function refusalOf(check: () => void): string | null {
  try {
    check()
    return null
  } catch (error) {
    if (error instanceof LabError) return error.message
    throw error
  }
}

async function freeDisk(home: string): Promise<number | null> {
  return statfs(home).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )
}

/** An engine that does not answer cannot take a file. */
async function tagsOf(registry: Engine | null, signal: AbortSignal): Promise<MakeOffer['registry']> {
  if (registry?.models === undefined || (await registry.status(signal)).state !== 'ready') return null
  const tags = (await registry.list(signal)).map(({ ref }) => ref)
  return { endpoint: registry.endpoint, tags }
}
