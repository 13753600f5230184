import { LabError } from '#shared/domain/error.ts'
import { endpointId, splitVariantId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { Engine, ModelManager } from '../engines/engine.ts'
import { catalogue } from '../variants/catalogue.ts'
import { groupFamilies } from '../variants/families.ts'
import { makeVariant } from '../variants/make.ts'
import { progressStream } from '../variants/progress-stream.ts'
import { ensureSpecimen } from '../variants/specimen.ts'
import { fitVariant } from '../variants/fit-variant.ts'
import type { HandlerGroup, LabServices } from './lab-services.ts'

type Names =
  | 'variants.list'
  | 'variants.describe'
  | 'variants.fit'
  | 'variants.load'
  | 'variants.unload'
  | 'variants.delete'
  | 'variants.copy'
  | 'variants.pull'
  | 'variants.make'
  | 'specimen.prepare'
  | 'catalogue.list'

export function variantHandlers(services: LabServices): HandlerGroup<Names> {
  const { variants } = services
  const locate = async (name: string, signal: AbortSignal) => {
    const variant = await variants.find(name, signal)
    return { variant, engine: variants.engine(variant.endpoint) }
  }
  return {
    'variants.list': async (_input, { signal }) => groupFamilies(await variants.list(signal)),
    async 'variants.describe'({ variant: name }, { signal }) {
      const { variant, engine } = await locate(name, signal)
      return engine.describe(variant.ref, signal)
    },
    async 'variants.fit'({ variants: names, contextTokens }, { signal }) {
      const found = await Promise.all(names.map((name) => locate(name, signal)))
      return Promise.all(found.map(({ variant, engine }) => fitVariant(engine, variant, contextTokens, signal)))
    },
    async 'variants.load'({ variant: name, contextTokens }, { signal }) {
      refuseWhileBusy(services)
      const { variant, engine } = await locate(name, signal)
      const { loadMs } = await engine.load(variant.ref, { contextTokens, threads: null, batchTokens: null }, signal)
      return { loadMs }
    },
    async 'variants.unload'({ variant: name }, { signal }) {
      refuseWhileBusy(services)
      const { variant, engine } = await locate(name, signal)
      await engine.unload(variant.ref, signal)
      return null
    },
    async 'variants.delete'({ variant: name }, { signal }) {
      refuseWhileBusy(services)
      const { variant, engine } = await locate(name, signal)
      await manager(engine, variant).delete(variant.ref)
      return null
    },
    async 'variants.copy'({ variant: name, to }, { signal }) {
      const { variant, engine } = await locate(name, signal)
      await manager(engine, variant).copy(variant.ref, to)
      return null
    },
    'variants.pull': ({ endpoint, name }, { signal }) =>
      manager(variants.engine(endpointId(endpoint)), null).pull(name, signal),
    'variants.make': (input, { signal }) => make(services, input, signal),
    'specimen.prepare': ({ precisions }, { signal }) => prepareSpecimen(services, precisions, signal),
    'catalogue.list': () => catalogue,
  }
}

/** A load or an unload would disturb what is being measured. */
function refuseWhileBusy({ runs }: LabServices): void {
  if (runs.busy)
    throw new LabError('CONFLICT', 'A run is being executed.', { hint: 'Wait until it ends, or pause it first.' })
}

function manager({ models, endpoint }: Engine, variant: Variant | null): ModelManager {
  if (models !== undefined) return models
  const what = variant === null ? endpoint : `${variant.name} is a file; ${endpoint}`
  throw new LabError('ENGINE_UNSUPPORTED', `${what} keeps no models of its own.`, {
    hint: 'Files are added and removed in their folder.',
  })
}

async function* make(
  services: LabServices,
  {
    variant: name,
    type,
    out,
    register,
    scale,
  }: {
    variant: string
    type: string
    out?: string | undefined
    register?: string | undefined
    scale: 'block' | 'channel' | 'tensor'
  },
  signal: AbortSignal,
) {
  const { variants, home, files } = services
  const variant = await variants.find(name, signal)
  const registry = variants.engines.find(({ models }) => models !== undefined) ?? null
  const request = {
    variant: variant.id,
    type,
    scale,
    ...(out === undefined ? {} : { out }),
    ...(register === undefined ? {} : { register }),
  }
  const { endpoint } = splitVariantId(variant.id)
  yield* makeVariant(request, { home, files, source: variants.engine(endpoint), registry }, signal)
}

async function* prepareSpecimen(
  { home, files, store }: LabServices,
  precisions: readonly string[] | undefined,
  signal: AbortSignal,
) {
  const memory = store.variants
  yield* progressStream(
    (onProgress, inner) =>
      ensureSpecimen({
        home,
        files,
        memory,
        onProgress,
        signal: inner,
        ...(precisions === undefined ? {} : { precisions }),
      }),
    signal,
  )
}
