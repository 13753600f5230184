import type { Ollama } from 'ollama/browser'
import { isLoopback } from '#core/is-loopback.ts'
import type { EngineStatus, GenerateRequest, LoadedModel, LoadSettings } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { variantId, type EndpointId } from '#shared/domain/ids.ts'
import type { Engine } from '../engine.ts'
import { manifestDigest, sketchOf, toDetails, toVariant } from './describe-model.ts'
import { chatBody, checkAlternatives, rawBody } from './generation-body.ts'
import { createModelIndex, sameRef, type ModelIndex } from './model-index.ts'
import { createModelManager, type CheckFile } from './model-manager.ts'
import { createOllamaApi, type OllamaApi } from './ollama-api.ts'
import type { Patiences } from './patience.ts'
import { renderPrompt } from './render-prompt.ts'
import { chatLine, generateLine, plainGenerateLine, versionReply } from './replies.ts'
import { createResidency, type Residency } from './residency.ts'
import { streamGeneration, type OpenedStream } from './stream-generation.ts'
import { featuresOf, parseVersion, type OllamaVersion } from './versions.ts'

export interface OllamaEngineOptions {
  readonly endpoint: EndpointId
  /** Where the server answers, for example `http://127.0.0.1:11434`. See `parseOllamaHost`. */
  readonly url: string
  /** Called with a GGUF file before it is given to the server. */
  readonly checkFile: CheckFile
  /** Default: one over node:http that waits as long as a load takes. */
  readonly fetch?: typeof fetch
  /** When a server that does not answer is given up. Default: `patiences`. */
  readonly patience?: Patiences
  /** A monotonic clock in milliseconds. Default: `performance.now`. */
  readonly now?: () => number
}

/** What the parts of the engine share. */
interface Parts {
  readonly endpoint: EndpointId
  readonly api: OllamaApi
  readonly models: ModelIndex
  readonly residency: Residency
  readonly now: () => number
  /** Asks the server. */
  readonly version: (signal?: AbortSignal) => Promise<OllamaVersion>
  /** What it said last; asks where it has not said anything yet. */
  readonly knownVersion: (signal?: AbortSignal) => Promise<OllamaVersion>
}

/** An engine on an Ollama server. See README.md for what it does about the ways of Ollama. */
export function createOllamaEngine(options: OllamaEngineOptions): Engine {
  const parts = createParts(options)
  const { endpoint, api, models, residency, now, version } = parts
  return {
    endpoint,
    kind: 'ollama',
    models: createModelManager({ api, models, residency, checkFile: options.checkFile }),
    status: (signal) => statusOf(parts, signal),
    features: async (signal) => featuresOf(await version(signal)),
    list: (signal) => models.list(signal),
    async describe(ref, signal) {
      const { tag, facts } = await models.find(ref, signal)
      const loaded = (await models.glance(signal)).some(({ name }) => sameRef(name, ref))
      return toDetails(toVariant(endpoint, tag, { sketch: sketchOf(facts, tag), loaded }), facts)
    },
    async render(ref, message, load, signal) {
      return renderPrompt({ api, residency }, await models.find(ref, signal), { message, load, signal })
    },
    load: (ref, settings, signal) => loadModel(parts, ref, settings, signal),
    unload: (ref, signal) => residency.unload(ref, signal),
    generate(request, signal) {
      const startedMs = now()
      return streamGeneration(() => openStream(parts, request, signal), { request, elapsedMs: () => now() - startedMs })
    },
    async close() {
      api.close()
    },
  }
}

function createParts({ endpoint, url, now = () => performance.now(), ...options }: OllamaEngineOptions): Parts {
  const api = createOllamaApi(new URL(url), options)
  const models = createModelIndex(api, endpoint)
  let known: OllamaVersion | null = null
  const version = async (signal?: AbortSignal): Promise<OllamaVersion> => {
    const reply = await api.json(versionReply, { signal, patience: 'greeting' }, (client) => client.version())
    known = parseVersion(reply.version)
    return known
  }
  const knownVersion = async (signal?: AbortSignal) => known ?? version(signal)
  return { endpoint, api, models, residency: createResidency(api, models), now, version, knownVersion }
}

async function statusOf({ endpoint, api, version }: Parts, signal?: AbortSignal): Promise<EngineStatus> {
  const place = { endpoint, kind: 'ollama', address: api.address.origin, remote: !isLoopback(api.address) } as const
  try {
    const found = await version(signal)
    return { ...place, state: 'ready', version: found.text, features: featuresOf(found) }
  } catch (error) {
    return { ...place, ...badStatus(error) }
  }
}

async function loadModel(
  parts: Parts,
  ref: string,
  settings: LoadSettings,
  signal?: AbortSignal,
): Promise<LoadedModel> {
  const version = await parts.version(signal)
  featuresOf(version)
  const model = await parts.models.find(ref, signal)
  const startedMs = parts.now()
  const entry = await parts.residency.load(model, settings, signal)
  return {
    variant: variantId(parts.endpoint, model.tag.name),
    digest: manifestDigest(entry),
    loadMs: parts.now() - startedMs,
    contextTokens: entry.context_length ?? null,
    threads: settings.threads,
    batchTokens: settings.batchTokens,
    sizeBytes: entry.size === 0 ? null : entry.size,
    acceleratorBytes: entry.size_vram,
    engineVersion: version.text,
  }
}

/** The request behind one generation, and whether its reply comes in two parts. */
async function openStream(parts: Parts, request: GenerateRequest, signal: AbortSignal): Promise<OpenedStream> {
  const { api, models, residency } = parts
  checkAlternatives(request, featuresOf(await parts.knownVersion(signal)))
  if (request.input.mode === 'raw') {
    const body = rawBody(request, request.input.prompt)
    const ask = (client: Ollama) => client.generate({ ...body, stream: true })
    const lines = api.lines({ schema: generateLine, plain: plainGenerateLine }, signal, ask)
    return { lines, engineSplits: false }
  }
  const model = await models.find(request.ref, signal)
  const body = chatBody(request, request.input, model.facts)
  await residency.endSharers(model, signal)
  const lines = api.lines({ schema: chatLine }, signal, (client) => client.chat({ ...body, stream: true }))
  return { lines, engineSplits: model.facts.capabilities.includes('thinking') }
}

/** A status instead of an error, because an engine that is not there is an answer too. */
function badStatus(error: unknown): {
  readonly state: 'absent' | 'broken'
  readonly reason: string
  readonly hint: string
} {
  if (!(error instanceof LabError))
    return { state: 'broken', reason: String(error), hint: 'Report what Assay prints with --debug.' }
  const state = error.code === 'ENGINE_ABSENT' ? 'absent' : 'broken'
  return { state, reason: error.message, hint: error.hint ?? 'See whether Ollama still runs, and what its log says.' }
}
