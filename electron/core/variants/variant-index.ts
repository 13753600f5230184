import { LabError } from '#shared/domain/error.ts'
import type { EngineStatus } from '#shared/domain/engine.ts'
import { variantsOf } from '#shared/domain/families.ts'
import { endpointId, type EndpointId } from '#shared/domain/ids.ts'
import type { Family, Variant } from '#shared/domain/variant.ts'
import type { Engine } from '../engines/engine.ts'
import { chooseVariant } from './choose-variant.ts'
import { createEndpointLists, type EndpointList } from './endpoint-lists.ts'
import { groupFamilies } from './families.ts'
import type { MadeLookup } from './same-model.ts'

/** Every variant of every endpoint, and the ways people name one. */
export interface VariantIndex {
  /**
   * Every variant in its family. Endpoints whose list cannot be had are left out: their status says why.
   * @param wait `soon`: for what answers soon, and the rest as it was last; `whole`: for every endpoint, however long
   */
  families(wait: 'soon' | 'whole', signal?: AbortSignal): Promise<readonly Family[]>
  statuses(signal?: AbortSignal): Promise<readonly EngineStatus[]>
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
  /** See `createEndpointLists`. */
  readonly onNews: () => void
  readonly soonMs?: number
}

export function createVariantIndex({ engines, builtin, made, onNews, soonMs }: IndexOptions): VariantIndex {
  const engine = (endpoint: EndpointId): Engine => {
    const found = engines().find((candidate) => candidate.endpoint === endpoint)
    if (found !== undefined) return found
    throw new LabError('NOT_FOUND', `There is no endpoint named ${endpoint}.`, { hint: 'Add it in the settings.' })
  }
  const lists = createEndpointLists({ engines, onNews, ...(soonMs !== undefined && { soonMs }) })
  const variantsOfAll = (answers: readonly EndpointList[]) => answers.flatMap(({ variants }) => variants)
  const choose = async (name: string, signal?: AbortSignal): Promise<Variant> => {
    const answers = await lists.whole(signal)
    const silent = answers.flatMap(({ problem }) => problem?.reason ?? [])
    return chooseVariant(name, groupFamilies(variantsOfAll(answers), made), silent)
  }
  /** By an id or a path, which say where to look. */
  const describeNamed = async (name: string, signal?: AbortSignal): Promise<Variant | null> => {
    const known = engines().find(({ endpoint }) => name.startsWith(`${endpoint}:`))
    const described = known && (await describe(known, name.slice(known.endpoint.length + 1), signal))
    if (described != null) return described
    return /\.gguf$/i.test(name) ? (await engine(builtin).describe(name, signal)).variant : null
  }
  return {
    families: async (wait, signal) => groupFamilies(variantsOfAll(await lists[wait](signal)), made),
    statuses: lists.statuses,
    engine,
    get engines() {
      return engines()
    },
    locate: async (name, signal) => (await describeNamed(name, signal)) ?? choose(name, signal),
    async find(name, signal) {
      const described = await describeNamed(name, signal)
      if (described === null) return choose(name, signal)
      return withFamily(described, variantsOfAll(await lists.soon(signal)), made)
    },
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

export const builtinEndpoint = endpointId('builtin')
