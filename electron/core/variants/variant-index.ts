import { LabError } from '#shared/domain/error.ts'
import { variantsOf } from '#shared/domain/families.ts'
import { endpointId, type EndpointId } from '#shared/domain/ids.ts'
import type { Family, Variant } from '#shared/domain/variant.ts'
import type { Engine } from '../engines/engine.ts'
import { chooseVariant } from './choose-variant.ts'
import { groupFamilies } from './families.ts'
import type { MadeLookup } from './same-model.ts'

/** Every variant of every endpoint, and the ways people name one. */
export interface VariantIndex {
  /** Every variant in its family. Endpoints that do not answer are left out: their status says why. */
  families(signal?: AbortSignal): Promise<readonly Family[]>
  /**
   * Finds a variant by id, by name, by its engine's ref (`:latest` may be left out), by `family precision`, or by the
   * beginning of its digest or its weights' digest; a path to a GGUF file names that file. What names a row with several
   * places is its first place. Always asks the engine anew. The family is the one that `families` shows.
   * @throws LabError MODEL_NOT_FOUND, or BAD_REQUEST when a name fits several
   */
  find(name: string, signal?: AbortSignal): Promise<Variant>
  /** The same without the family, for what acts on the engine: an id asks nothing but its own engine. */
  locate(name: string, signal?: AbortSignal): Promise<Variant>
  /** @throws LabError NOT_FOUND */
  engine(endpoint: EndpointId): Engine
  readonly engines: readonly Engine[]
}

export interface IndexOptions {
  readonly engines: () => readonly Engine[]
  /** The endpoint that runs files. */
  readonly builtin: EndpointId
  readonly made: MadeLookup
}

export function createVariantIndex({ engines, builtin, made }: IndexOptions): VariantIndex {
  const engine = (endpoint: EndpointId): Engine => {
    const found = engines().find((candidate) => candidate.endpoint === endpoint)
    if (found !== undefined) return found
    throw new LabError('NOT_FOUND', `There is no endpoint named ${endpoint}.`, { hint: 'Add it in the settings.' })
  }
  const look = async (signal?: AbortSignal) => {
    const answers = await Promise.all(engines().map((candidate) => listOf(candidate, signal)))
    return {
      variants: answers.flatMap(({ variants }) => variants),
      silent: answers.flatMap(({ silent }) => silent ?? []),
    }
  }
  const list = async (signal?: AbortSignal) => (await look(signal)).variants
  const families = async (signal?: AbortSignal) => groupFamilies(await list(signal), made)
  const choose = async (name: string, signal?: AbortSignal): Promise<Variant> => {
    const { variants, silent } = await look(signal)
    return chooseVariant(name, groupFamilies(variants, made), silent)
  }
  /** By an id or a path, which say where to look. */
  const describeNamed = async (name: string, signal?: AbortSignal): Promise<Variant | null> => {
    const known = engines().find(({ endpoint }) => name.startsWith(`${endpoint}:`))
    const described = known && (await describe(known, name.slice(known.endpoint.length + 1), signal))
    if (described != null) return described
    return /\.gguf$/i.test(name) ? (await engine(builtin).describe(name, signal)).variant : null
  }
  return {
    families,
    engine,
    get engines() {
      return engines()
    },
    locate: async (name, signal) => (await describeNamed(name, signal)) ?? choose(name, signal),
    async find(name, signal) {
      const described = await describeNamed(name, signal)
      if (described === null) return choose(name, signal)
      return withFamily(described, await listed(list, signal), made)
    },
  }
}

type ListVariants = (signal?: AbortSignal) => Promise<readonly Variant[]>

/** What another endpoint fails with must not stand in the way of a variant that was found. */
async function listed(list: ListVariants, signal?: AbortSignal): Promise<readonly Variant[]> {
  try {
    return await list(signal)
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof LabError) return []
    throw error
  }
}

/** A file outside the model folders is in a family too, though not in the list. */
function withFamily(variant: Variant, others: readonly Variant[], made: MadeLookup): Variant {
  const all = [variant, ...others.filter(({ id }) => id !== variant.id)]
  return variantsOf(groupFamilies(all, made)).find(({ id }) => id === variant.id) ?? variant
}

/** A whole id names its endpoint first; `deepseek-r1:7b` only looks as if it did. */
async function describe(engine: Engine, ref: string, signal?: AbortSignal): Promise<Variant | null> {
  try {
    return (await engine.describe(ref, signal)).variant
  } catch (error) {
    if (error instanceof LabError && error.code === 'MODEL_NOT_FOUND') return null
    throw error
  }
}

/** What an endpoint has; where it does not answer, why. */
async function listOf(
  engine: Engine,
  signal?: AbortSignal,
): Promise<{ readonly variants: readonly Variant[]; readonly silent: string | null }> {
  const status = await engine.status(signal)
  if (status.state !== 'ready') return { variants: [], silent: status.reason }
  return { variants: await engine.list(signal), silent: null }
}

export const builtinEndpoint = endpointId('builtin')
