import { basename } from 'node:path'
import type { Llama, LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp'
import { LabError } from '#shared/domain/error.ts'
import { loadFailure } from './load-failure.ts'
import type { LoadedReply, LoadJob } from './protocol.ts'
import { tokenTexts, type TokenTexts } from './tokenize-prompt.ts'

/** One context with one sequence: what one generation at a time runs in. */
export interface Slot {
  readonly model: LlamaModel
  readonly context: LlamaContext
  readonly sequence: LlamaContextSequence
  /** What was asked for: the library may round its context up, and engines are to be compared at equal lengths. */
  readonly contextTokens: number
  readonly texts: TokenTexts
}

interface Loaded {
  readonly model: LlamaModel
  readonly slots: readonly Slot[]
  readonly free: Slot[]
  readonly waiting: ((slot: Slot) => void)[]
  readonly settings: string
  readonly reply: LoadedReply
}

export interface ModelHost {
  readonly load: (job: LoadJob, signal: AbortSignal) => Promise<LoadedReply>
  readonly unload: (file: string) => Promise<void>
  readonly model: (file: string) => LlamaModel
  /** Runs `action` in a slot of the model, as soon as one is free. */
  readonly withSlot: <T>(file: string, signal: AbortSignal, action: (slot: Slot) => Promise<T>) => Promise<T>
}

/**
 * The models in this process. A slot is a whole context, not a sequence of a shared one: sequences that share a batch
 * change each other's last bits, and with them now and then a transcript.
 */
export function createModelHost(): ModelHost {
  const models = new Map<string, Loaded>()
  const log: string[] = []
  let llama: Promise<Llama> | null = null

  const find = (file: string): Loaded => {
    const loaded = models.get(file)
    if (loaded === undefined) throw new LabError('ENGINE_FAILED', `${basename(file)} is not loaded.`)
    return loaded
  }
  const unload = async (file: string): Promise<void> => {
    const loaded = models.get(file)
    models.delete(file)
    // Native memory must not go while a batch is at work in it.
    while (loaded !== undefined && loaded.free.length < loaded.slots.length) {
      loaded.free.push(await waitForSlot(loaded, new AbortController().signal))
    }
    for (const { context } of loaded?.slots ?? []) await context.dispose()
    await loaded?.model.dispose()
  }
  return {
    async load(job, signal) {
      const settings = JSON.stringify(job)
      const present = models.get(job.file)
      if (present?.settings === settings) return present.reply
      await unload(job.file)
      llama ??= openLlama(job.gpu, log)
      log.length = 0
      const library = await llama
      signal.throwIfAborted()
      try {
        const loaded = await openModel(library, job, signal)
        models.set(job.file, loaded)
        return loaded.reply
      } catch (error) {
        throw signal.aborted ? error : loadFailure(error, job, log)
      }
    },
    unload,
    model: (file) => find(file).model,
    async withSlot(file, signal, action) {
      const loaded = find(file)
      const slot = loaded.free.pop() ?? (await waitForSlot(loaded, signal))
      try {
        return await action(slot)
      } finally {
        const next = loaded.waiting.shift()
        if (next === undefined) loaded.free.push(slot)
        else next(slot)
      }
    },
  }
}

async function openLlama(gpu: LoadJob['gpu'], log: string[]): Promise<Llama> {
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp')
  try {
    return await getLlama({
      gpu,
      build: 'never',
      skipDownload: true,
      logLevel: LlamaLogLevel.error,
      logger: (_level, message) => log.push(message.trim()),
      // No limit here: each context states its own number.
      maxThreads: 0,
    })
  } catch (cause) {
    throw new LabError(
      'ENGINE_ABSENT',
      `llama.cpp does not start on this machine: ${cause instanceof Error ? cause.message : String(cause)}.`,
      {
        hint: 'Use Ollama, or reinstall Assay for this machine.',
        cause,
      },
    )
  }
}

async function openModel(llama: Llama, job: LoadJob, signal: AbortSignal): Promise<Loaded> {
  const model = await llama.loadModel({ modelPath: job.file, loadSignal: signal })
  try {
    const slots: Slot[] = []
    const texts = tokenTexts(model, model.vocabularyType === 'bpe')
    while (slots.length < job.slots) {
      const context = await model.createContext({
        contextSize: job.contextTokens,
        ...(job.batchTokens === null ? {} : { batchSize: job.batchTokens }),
        sequences: 1,
        threads: job.threads,
        // A context that is smaller than asked for would cut prompts silently.
        failedCreationRemedy: false,
        createSignal: signal,
      })
      const contextTokens = Math.min(job.contextTokens, context.contextSize)
      slots.push({ model, context, sequence: context.getSequence(), contextTokens, texts })
    }
    const contextTokens = slots[0]?.contextTokens ?? job.contextTokens
    const contextBytes = slots.reduce((sum, { context }) => sum + context.memoryUsage.ram + context.memoryUsage.vram, 0)
    const reply = {
      contextTokens,
      batchTokens: slots[0]?.context.batchSize ?? contextTokens,
      sizeBytes: model.size + contextBytes,
      acceleratorBytes: model.gpuLayers === 0 ? 0 : null,
    }
    return { model, slots, free: slots.slice(), waiting: [], settings: JSON.stringify(job), reply }
  } catch (error) {
    await model.dispose()
    throw error
  }
}

function waitForSlot(loaded: Loaded, signal: AbortSignal): Promise<Slot> {
  return new Promise((resolve, reject) => {
    const take = (slot: Slot) => {
      signal.removeEventListener('abort', giveUp)
      resolve(slot)
    }
    const giveUp = () => {
      loaded.waiting.splice(loaded.waiting.indexOf(take), 1)
      reject(signal.reason)
    }
    loaded.waiting.push(take)
    signal.addEventListener('abort', giveUp, { once: true })
  })
}
