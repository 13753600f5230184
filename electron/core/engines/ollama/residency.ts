import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadSettings } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { sameRef, type KnownModel, type ModelIndex } from './model-index.ts'
import type { OllamaApi } from './ollama-api.ts'
import { anyReply, type RunningEntry } from './replies.ts'
import { keepAlive, loadOptions, type GenerateBody } from './request-options.ts'

/** Longer than the slowest graphics driver takes to give memory back (Ollama itself waits 5 s for that). */
const unloadLimitMs = 30_000
const pollMs = 25

/** What is in the server's memory. */
export interface Residency {
  /** Loads a model with a process of its own, and returns its row of `ps`. */
  load(model: KnownModel, settings: LoadSettings, signal?: AbortSignal): Promise<RunningEntry>
  /** Returns when `ps` no longer lists it. */
  unload(ref: string, signal?: AbortSignal): Promise<void>
  /**
   * Ends model processes that another tag of the same weights has started: Ollama shares the process, and with it the
   * way prompts are rendered, so that the second tag's chat comes out in ChatML without a word.
   */
  endSharers(model: KnownModel, signal?: AbortSignal): Promise<void>
}

export function createResidency(api: OllamaApi, models: ModelIndex): Residency {
  const unload = async (ref: string, signal?: AbortSignal): Promise<void> => {
    const isLoaded = async () => (await models.running(signal)).some(({ name }) => sameRef(name, ref))
    if (!(await isLoaded())) return
    await expire(api, ref, signal)
    for (let waitedMs = 0; await isLoaded(); waitedMs += pollMs) {
      if (waitedMs >= unloadLimitMs) {
        throw new LabError('ENGINE_BUSY', `Ollama still has ${ref} in memory.`, {
          hint: 'Another program may be using it: see `ollama ps`.',
        })
      }
      await sleep(pollMs)
    }
  }

  const endSharers = async (model: KnownModel, signal?: AbortSignal): Promise<void> => {
    for (const entry of await models.running(signal)) {
      const relation = await relate(models, model, entry, signal)
      if (relation === 'sharer') await unload(entry.name, signal)
      // Through our own name the server ends whatever runs these weights, if it does run them.
      if (relation === 'unknown') await expire(api, model.tag.name, signal)
    }
  }

  return {
    unload,
    endSharers,
    async load(model, settings, signal) {
      await endSharers(model, signal)
      const ref = model.tag.name
      const body: GenerateBody = {
        model: ref,
        prompt: '',
        stream: false,
        keep_alive: keepAlive,
        options: loadOptions(settings),
        truncate: false,
        shift: false,
      }
      await api.json(anyReply, { signal, patience: 'long' }, (client) => client.generate({ ...body, stream: false }))
      const { digest } = model.tag
      const entry = (await models.running(signal)).find((row) => sameRef(row.name, ref) && row.digest === digest)
      if (entry !== undefined) return entry
      throw new LabError('ENGINE_FAILED', `Ollama said that it had loaded ${ref}, but it is not in memory.`, {
        hint: 'Memory may be too short for it. See `ollama ps` and its log.',
      })
    },
  }
}

/** `unknown`: deleted, or made anew, while its old self was in memory; nobody can say what weights that has. */
async function relate(
  models: ModelIndex,
  model: KnownModel,
  entry: RunningEntry,
  signal?: AbortSignal,
): Promise<'itself' | 'sharer' | 'stranger' | 'unknown'> {
  if (sameRef(entry.name, model.tag.name)) return entry.digest === model.tag.digest ? 'itself' : 'unknown'
  try {
    const { facts, tag } = await models.find(entry.name, signal)
    if (tag.digest !== entry.digest) return 'unknown'
    const { weights } = model.facts
    return weights !== null && facts.weights?.digest === weights.digest ? 'sharer' : 'stranger'
  } catch (error) {
    if (error instanceof LabError && error.code === 'MODEL_NOT_FOUND') return 'unknown'
    throw error
  }
}

async function expire(api: OllamaApi, ref: string, signal?: AbortSignal): Promise<void> {
  try {
    await api.json(anyReply, { signal, patience: 'quick' }, (client) =>
      client.generate({ model: ref, prompt: '', stream: false, keep_alive: 0 }),
    )
  } catch (error) {
    // Deleted while in memory: it goes when its time is up, and `ps` tells.
    if (!(error instanceof LabError) || error.code !== 'MODEL_NOT_FOUND') throw error
  }
}
