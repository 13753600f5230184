import { LabError } from '#shared/domain/error.ts'
import { endpointId, type EndpointId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { Engine } from '../engines/engine.ts'
import { nearNames } from './near-names.ts'

/** Every variant of every endpoint, and the ways people name one. */
export interface VariantIndex {
  /** Endpoints that do not answer are left out: their status says why. */
  list(signal?: AbortSignal): Promise<readonly Variant[]>
  /**
   * Finds a variant by id, by name, by its engine's ref (`:latest` may be left out), by `family precision`, or by the beginning of its digest; a path
   * to a GGUF file names that file. Always asks the engine anew.
   * @throws LabError MODEL_NOT_FOUND, or BAD_REQUEST when a name fits several
   */
  find(name: string, signal?: AbortSignal): Promise<Variant>
  /** @throws LabError NOT_FOUND */
  engine(endpoint: EndpointId): Engine
  readonly engines: readonly Engine[]
}

/** Digits of a digest that are enough to name a variant by it. */
const minDigestChars = 8

export function createVariantIndex(engines: () => readonly Engine[], builtin: EndpointId): VariantIndex {
  const engine = (endpoint: EndpointId): Engine => {
    const found = engines().find((candidate) => candidate.endpoint === endpoint)
    if (found !== undefined) return found
    throw new LabError('NOT_FOUND', `There is no endpoint named ${endpoint}.`, { hint: 'Add it in the settings.' })
  }
  const list = async (signal?: AbortSignal): Promise<readonly Variant[]> => {
    const lists = await Promise.all(engines().map((candidate) => listOf(candidate, signal)))
    return lists.flat()
  }
  return {
    list,
    engine,
    get engines() {
      return engines()
    },
    async find(name, signal) {
      const known = engines().find(({ endpoint }) => name.startsWith(`${endpoint}:`))
      if (known !== undefined) {
        const described = await describe(known, name.slice(known.endpoint.length + 1), signal)
        if (described !== null) return described
      }
      if (/\.gguf$/i.test(name)) return (await engine(builtin).describe(name, signal)).variant
      return choose(name, await list(signal))
    },
  }
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

async function listOf(engine: Engine, signal?: AbortSignal): Promise<readonly Variant[]> {
  const status = await engine.status(signal)
  return status.state === 'ready' ? engine.list(signal) : []
}

function choose(name: string, variants: readonly Variant[]): Variant {
  const wanted = name.toLowerCase()
  const tests: readonly ((variant: Variant) => boolean)[] = [
    ({ id }) => id.toLowerCase() === wanted,
    ({ name: own, ref }) => own.toLowerCase() === wanted || ref.toLowerCase() === wanted,
    // Where no tag is named, Ollama itself means this one.
    ({ ref }) => ref.toLowerCase() === `${wanted}:latest`,
    ({ family, precision }) => `${family} ${precision.name}`.toLowerCase() === wanted,
    ({ digest }) =>
      wanted.length >= minDigestChars && digest.slice('sha256:'.length).startsWith(wanted.replace(/^sha256:/, '')),
  ]
  for (const test of tests) {
    const found = variants.filter(test)
    if (found.length === 1 && found[0] !== undefined) return found[0]
    if (found.length > 1) {
      throw new LabError(
        'BAD_REQUEST',
        `${name} fits ${found.length} variants: ${found.map(({ id }) => id).join(', ')}.`,
        {
          hint: 'Name one of them by its id.',
        },
      )
    }
  }
  throw new LabError('MODEL_NOT_FOUND', `There is no variant named ${name}.`, { hint: nearNames(wanted, variants) })
}

export const builtinEndpoint = endpointId('builtin')
