import { LabError } from '#shared/domain/error.ts'
import type { EndpointId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { manifestDigest, readFacts, sketchOf, toVariant, type ModelFacts, type ModelSketch } from './describe-model.ts'
import type { OllamaApi } from './ollama-api.ts'
import { psReply, showReply, tagsReply, type RunningEntry, type TagEntry } from './replies.ts'

/** Requests for facts at the same time: enough to hide the way to another machine. */
const lanes = 4
/**
 * Models whose whole facts are kept: as many as the memory that they need is asked for at once, which needs them whole. They
 * are some 100 kB each, and a server may have thousands.
 */
const mostWhole = 500

/** A tag with what the server shows of it. */
export interface KnownModel {
  readonly tag: TagEntry
  readonly facts: ModelFacts
}

/** What models a server has. What a list shows of one is asked for once a digest. */
export interface ModelIndex {
  list(signal?: AbortSignal): Promise<readonly Variant[]>
  /** @throws LabError MODEL_NOT_FOUND | ENGINE_UNSUPPORTED (a model on somebody else's machine) */
  find(ref: string, signal?: AbortSignal): Promise<KnownModel>
  /** What is in memory. While a model loads, Ollama answers this only when it has loaded. */
  running(signal?: AbortSignal): Promise<readonly RunningEntry[]>
  /** The same for a look: nothing where Ollama does not say it soon, or says something else. */
  glance(signal?: AbortSignal): Promise<readonly RunningEntry[]>
}

export function createModelIndex(api: OllamaApi, endpoint: EndpointId): ModelIndex {
  const tags = createTagList(api)
  const ask = async (patience: 'glance' | 'long', signal?: AbortSignal) =>
    (await api.json(psReply, { signal, patience }, (client) => client.ps())).models
  const glance = async (signal?: AbortSignal) => {
    try {
      return await ask('glance', signal)
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof LabError && ['ENGINE_TIMEOUT', 'ENGINE_FAILED'].includes(error.code)) return []
      throw error
    }
  }
  const { facts, sketch } = createLooks(api)

  return {
    running: (signal) => ask('long', signal),
    glance,
    async list(signal) {
      // A cloud model's prompts would leave this machine: it is not offered.
      const local = (await tags(signal)).filter((tag) => tag.remote_host === '')
      const loaded = new Set((await glance(signal)).map(({ name, digest }) => `${name} ${digest}`))
      return mapInLanes(local, async (tag) => {
        const options = { loaded: loaded.has(`${tag.name} ${tag.digest}`) }
        try {
          return toVariant(endpoint, tag, { ...options, sketch: await sketch(tag, signal) })
        } catch (error) {
          if (!(error instanceof LabError) || !tellsOfOneModel(error)) throw error
          return toVariant(endpoint, tag, { ...options, sketch: null, problem: error.message })
        }
      })
    },
    async find(ref, signal) {
      const tag = (await tags(signal)).find(({ name }) => sameRef(name, ref))
      if (tag === undefined) {
        throw new LabError('MODEL_NOT_FOUND', `Ollama at ${api.address.host} has no model ${ref}.`, {
          hint: `Pull it first: assay pull ${ref}`,
        })
      }
      if (tag.remote_host !== '') {
        throw new LabError('ENGINE_UNSUPPORTED', `${ref} runs in a cloud: its prompts would leave this machine.`, {
          hint: 'Take a model that is on the machine.',
        })
      }
      manifestDigest(tag)
      return { tag, facts: await facts(tag, signal) }
    },
  }
}

/**
 * What tags there are, asked for once by all who want it in the same moment: hundreds are looked up together, and the list
 * may have thousands. Nobody is given an answer to a question that was asked before theirs.
 */
function createTagList(api: OllamaApi): (signal?: AbortSignal) => Promise<readonly TagEntry[]> {
  let gathered: Promise<readonly TagEntry[]> | null = null
  const ask = async () => {
    await Promise.resolve()
    gathered = null
    return (await api.json(tagsReply, { patience: 'quick' }, (client) => client.list())).models
  }
  return async (signal) => {
    gathered ??= ask()
    return orAborted(gathered, signal)
  }
}

/** What others wait for, too, goes on without the one who has stopped waiting. */
async function orAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return answer
  const stopped = Promise.withResolvers<never>()
  const stop = () => stopped.reject(new LabError('CANCELLED', 'The action was cancelled.'))
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([answer, stopped.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** What `show` says, of few models wholly and of all as a list shows it. */
interface Looks {
  facts(tag: TagEntry, signal?: AbortSignal): Promise<ModelFacts>
  sketch(tag: TagEntry, signal?: AbortSignal): Promise<ModelSketch>
}

function createLooks(api: OllamaApi): Looks {
  const sketches = new Map<string, ModelSketch>()
  const whole = new Map<string, ModelFacts>()
  const asking = new Map<string, Promise<ModelFacts>>()
  const ask = async (name: string, signal?: AbortSignal) =>
    readFacts(name, await api.json(showReply, { signal, patience: 'quick' }, (client) => client.show({ model: name })))
  /** Two lists at the same time, as a page asks for them, ask once. One that can be cancelled asks for itself. */
  const look = (tag: TagEntry, signal?: AbortSignal): Promise<ModelFacts> => {
    if (signal !== undefined) return ask(tag.name, signal)
    const key = keyOf(tag)
    const shared = asking.get(key) ?? ask(tag.name).finally(() => asking.delete(key))
    asking.set(key, shared)
    return shared
  }
  const facts = async (tag: TagEntry, signal?: AbortSignal): Promise<ModelFacts> => {
    const key = keyOf(tag)
    const found = whole.get(key) ?? (await look(tag, signal))
    // Put last again; the first is the one that nobody asked for the longest.
    whole.delete(key)
    whole.set(key, found)
    if (whole.size > mostWhole) whole.delete(whole.keys().next().value ?? '')
    sketches.set(key, sketches.get(key) ?? sketchOf(found, tag))
    return found
  }
  return {
    facts,
    sketch: async (tag, signal) => sketches.get(keyOf(tag)) ?? sketchOf(await facts(tag, signal), tag),
  }
}

/** The name is part of the key: what a name says (R1 or not) is part of the facts. */
const keyOf = ({ digest, name }: TagEntry): string => `${digest} ${name}`

/** One model that is broken, or vanished meanwhile, must not hide the others. */
const tellsOfOneModel = (error: LabError): boolean =>
  ['MODEL_NOT_FOUND', 'GGUF_INVALID', 'ENGINE_FAILED', 'BAD_REQUEST'].includes(error.code)

/** Ollama fills in the registry, the library and `latest`. */
export function sameRef(a: string, b: string): boolean {
  return fullRef(a) === fullRef(b)
}

function fullRef(ref: string): string {
  const plain = ref.replace(/^registry\.ollama\.ai\//, '').replace(/^library\//, '')
  return plain.includes(':', plain.lastIndexOf('/') + 1) ? plain : `${plain}:latest`
}

async function mapInLanes<A, B>(items: readonly A[], action: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = []
  const queue = items.entries()
  const lane = async () => {
    for (const [index, item] of queue) results[index] = await action(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}
