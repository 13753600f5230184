import { createOllamaEngine, type OllamaEngineOptions } from '#core/engines/ollama/create-ollama-engine.ts'
import type { Engine } from '#core/engines/engine.ts'
import type { EngineEvent, GenerateRequest } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { endpointId } from '#shared/domain/ids.ts'

export const load = { contextTokens: 512, threads: 1, batchTokens: null } as const
export const question = '<｜User｜>What is 247 + 653?<｜Assistant｜>'

/** A signal that nobody aborts. */
export const never = () => new AbortController().signal

/** An engine that takes any file for a good one. */
export function engineAt(url: string, more: Pick<OllamaEngineOptions, 'fetch' | 'patience'> = {}): Engine {
  return createOllamaEngine({ endpoint: endpointId('ollama'), url, checkFile: async () => {}, ...more })
}

/** The request behind the recordings. */
export function rawRequest(prompt: string, changes: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    ref: 'specimen:f16',
    input: { mode: 'raw', prompt },
    load,
    sampling: { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, seed: 1 },
    seed: 1,
    maxTokens: 200,
    stop: [],
    alternatives: null,
    ...changes,
  }
}

export function chatRequest(ref: string, user: string, think: boolean | null = null): GenerateRequest {
  return { ...rawRequest(''), ref, input: { mode: 'chat', system: null, user, think } }
}

export interface Outcome {
  readonly events: readonly EngineEvent[]
  readonly text: string
  readonly thinking: string
  readonly answer: string
  /** The end's reason, or the code of the error that came instead. */
  readonly ended: string
  readonly error: LabError | null
  readonly end: Extract<EngineEvent, { kind: 'end' }> | null
}

/** Reads a generation to whatever end it takes. Anything but a LabError is a bug and rises. */
export async function outcomeOf(stream: AsyncIterable<EngineEvent>): Promise<Outcome> {
  const events: EngineEvent[] = []
  let error: LabError | null = null
  try {
    for await (const event of stream) events.push(event)
  } catch (caught) {
    if (!(caught instanceof LabError)) throw caught
    error = caught
  }
  const ends = events.filter((event) => event.kind === 'end')
  if (ends.length > 1 || (ends.length === 1 && error !== null) || (ends.length === 0 && error === null)) {
    throw new Error(`${ends.length} ends and ${error === null ? 'no error' : error.code}`)
  }
  const join = (keep: (thinking: boolean | null) => boolean) =>
    events.map((event) => (event.kind === 'text' && keep(event.thinking) ? event.text : '')).join('')
  return {
    events,
    text: join(() => true),
    thinking: join((thinking) => thinking === true),
    answer: join((thinking) => thinking === false),
    ended: error?.code ?? ends[0]?.reason ?? '',
    error,
    end: ends[0] ?? null,
  }
}

export async function errorOf(action: Promise<unknown>): Promise<LabError> {
  try {
    await action
  } catch (error) {
    if (error instanceof LabError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
