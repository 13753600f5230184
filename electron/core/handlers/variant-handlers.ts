import { LabError } from '#shared/domain/error.ts'
import { endpointId, splitVariantId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { Engine, ModelManager } from '../engines/engine.ts'
import { catalogue } from '../variants/catalogue.ts'
import { deleteMadeFile, isMadeFile } from '../variants/delete-made-file.ts'
import { inspectVariant } from '../variants/inspect-variant.ts'
import { makeOffer } from '../variants/make-offer.ts'
import { makeVariant } from '../variants/make.ts'
import { progressStream } from '../variants/progress-stream.ts'
import { ensureSpecimen } from '../variants/specimen.ts'
import { fitCatalogue, fitVariant, unknownFit } from '../variants/fit-variant.ts'
import type { HandlerGroup, LabServices } from './lab-services.ts'

type Names =
  | 'variants.list'
  | 'variants.unlisted'
  | 'variants.describe'
  | 'variants.fit'
  | 'variants.load'
  | 'variants.unload'
  | 'variants.delete'
  | 'variants.copy'
  | 'variants.pull'
  | 'variants.offer'
  | 'variants.make'
  | 'specimen.prepare'
  | 'catalogue.list'
  | 'catalogue.fit'

export function variantHandlers(services: LabServices): HandlerGroup<Names> {
  return { ...lookHandlers(services), ...residentHandlers(services), ...makeHandlers(services) }
}

const locateIn =
  ({ variants }: LabServices) =>
  async (name: string, signal: AbortSignal) => {
    const variant = await variants.locate(name, signal)
    return { variant, engine: variants.engine(variant.endpoint) }
  }

/** What there is, and what it needs. */
function lookHandlers(
  services: LabServices,
): HandlerGroup<
  'variants.list' | 'variants.unlisted' | 'variants.describe' | 'variants.fit' | 'catalogue.list' | 'catalogue.fit'
> {
  const { variants, files, settings } = services
  const locate = locateIn(services)
  return {
    'variants.list': ({ refresh }, { signal }) => variants.families(refresh ? 'whole' : 'soon', signal),
    async 'variants.unlisted'(_input, { signal }) {
      return (await files.list(settings.modelFolders(), { signal })).problems
    },
    async 'variants.describe'({ variant: name }, { signal }) {
      const variant = await variants.find(name, signal)
      const engine = variants.engine(variant.endpoint)
      const details = { ...(await engine.describe(variant.ref, signal)), variant }
      const deletable = engine.models !== undefined || (await isMadeFile(variant.ref, services.home))
      return inspectVariant(details, deletable)
    },
    'variants.fit': ({ variants: names, contextTokens, asTrained }, { signal }) =>
      Promise.all(
        names.map(async (name) => {
          try {
            const { variant, engine } = await locate(name, signal)
            const most = asTrained ? (variant.contextTokens ?? contextTokens) : contextTokens
            return await fitVariant(engine, variant, Math.min(contextTokens, most), signal)
          } catch (error) {
            // One that is broken must not hide what the others need.
            if (names.length > 1 && tellsOfOneVariant(error)) return unknownFit(contextTokens, error.message)
            throw error
          }
        }),
      ),
    'catalogue.list': () => catalogue,
    async 'catalogue.fit'({ contextTokens, endpoint }, { signal }) {
      const remote = endpoint !== undefined && (await variants.engine(endpointId(endpoint)).status(signal)).remote
      return fitCatalogue(catalogue, contextTokens, remote)
    },
  }
}

/** What is in memory, and what is on the disk. */
function residentHandlers(
  services: LabServices,
): HandlerGroup<'variants.load' | 'variants.unload' | 'variants.delete' | 'variants.copy'> {
  const locate = locateIn(services)
  return {
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
      if (engine.models !== undefined) await engine.models.delete(variant.ref)
      else {
        await engine.unload(variant.ref, signal)
        await deleteMadeFile(variant.ref, services.home)
      }
      return null
    },
    async 'variants.copy'({ variant: name, to }, { signal }) {
      const { variant, engine } = await locate(name, signal)
      await manager(engine, variant).copy(variant.ref, to)
      return null
    },
  }
}

/** What takes long, and is followed. */
function makeHandlers(
  services: LabServices,
): HandlerGroup<'variants.pull' | 'variants.offer' | 'variants.make' | 'specimen.prepare'> {
  const { variants } = services
  return {
    'variants.pull': ({ endpoint, name }, { signal }) =>
      manager(variants.engine(endpointId(endpoint)), null).pull(name, signal),
    async 'variants.offer'({ variant: name, scale }, { signal }) {
      const variant = await variants.find(name, signal)
      const source = variants.engine(variant.endpoint)
      return makeOffer(variant, scale, { home: services.home, source, registry: registryOf(services) }, signal)
    },
    'variants.make': (input, { signal }) => make(services, input, signal),
    'specimen.prepare': ({ precisions }, { signal }) => prepareSpecimen(services, precisions, signal),
  }
}

const tellsOfOneVariant = (error: unknown): error is LabError =>
  error instanceof LabError && ['GGUF_INVALID', 'MODEL_NOT_FOUND', 'ENGINE_FAILED'].includes(error.code)

/** A load or an unload would disturb what is being measured. */
function refuseWhileBusy({ runs }: LabServices): void {
  if (runs.busy)
    throw new LabError('CONFLICT', 'A run is being executed.', { hint: 'Wait until it ends, or pause it first.' })
}

/** Where made files can be registered: the first engine with a store of its own. */
const registryOf = ({ variants }: LabServices): Engine | null =>
  variants.engines.find(({ models }) => models !== undefined) ?? null

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
  const { variants, home, files, spawn, store } = services
  const variant = await variants.find(name, signal)
  const registry = registryOf(services)
  const request = {
    variant: variant.id,
    family: variant.family,
    type,
    scale,
    ...(out === undefined ? {} : { out }),
    ...(register === undefined ? {} : { register }),
  }
  const { endpoint } = splitVariantId(variant.id)
  yield* makeVariant(
    request,
    { home, files, memory: store.variants, spawn, source: variants.engine(endpoint), registry },
    signal,
  )
}

async function* prepareSpecimen(
  { home, files, store, spawn }: LabServices,
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
        spawn,
        onProgress,
        signal: inner,
        ...(precisions === undefined ? {} : { precisions }),
      }),
    signal,
  )
}
