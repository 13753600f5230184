import type { Options } from 'ollama/browser'
import type { GenerateRequest as LibraryGenerate, ChatRequest as LibraryChat } from 'ollama/browser'
import type { GenerateRequest, LoadSettings } from '#shared/domain/engine.ts'

/** How long a model stays after a request. A run unloads it itself; this is for when Assay is gone. */
export const keepAlive = '10m'

/** llama.cpp's own default. Left out, Ollama chooses by free memory, and batches of another size give other logits. */
const defaultBatch = 512

/** Fields that the package passes on and has no types for. */
export interface Untyped {
  /** False: a prompt that does not fit is refused, not cut. */
  readonly truncate: false
  /** False: a full context ends the text, and does not drop its beginning. Part of what is loaded, as num_ctx is. */
  readonly shift: false
  readonly _debug_render_only?: true
}
export type GenerateBody = LibraryGenerate & Untyped
export type ChatBody = LibraryChat & Untyped

/** Whatever else differs from request to request makes Ollama load the model again. */
export function loadOptions(load: LoadSettings): Partial<Options> {
  return {
    // Left out, it depends on the machine's memory (4096 to 262144).
    num_ctx: load.contextTokens,
    num_batch: load.batchTokens ?? defaultBatch,
    ...(load.threads === null ? {} : { num_thread: load.threads }),
  }
}

/** Every setting that shapes the text, because a tag may carry its own of each. `stop` empty clears the tag's. */
export function samplingOptions(request: GenerateRequest, stop: readonly string[]): Partial<Options> {
  const { sampling, seed, maxTokens, load } = request
  return {
    ...loadOptions(load),
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    min_p: sampling.minP,
    typical_p: 1,
    repeat_penalty: sampling.repeatPenalty,
    presence_penalty: 0,
    frequency_penalty: 0,
    seed,
    // 0 would be left out on the way to the model process, where it then means without end.
    num_predict: Math.max(1, Math.floor(maxTokens)),
    stop: [...stop],
  }
}

/** Marks that begin a text for the models known here. `<s>` is not among them: it is also a tag of HTML. */
const beginMarks = ['<｜begin▁of▁sentence｜>', '<|begin_of_text|>', '<bos>']

/** Takes begin marks off a prompt: the engine adds one, and two of them are another prompt. */
export function withoutBegin(prompt: string): string {
  const mark = beginMarks.find((begin) => prompt.startsWith(begin))
  return mark === undefined ? prompt : withoutBegin(prompt.slice(mark.length))
}
