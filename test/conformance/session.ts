import { afterAll, beforeAll } from 'vitest'
import type { Engine } from '#core/engines/engine.ts'
import type { EngineEvent, EngineFeatures, GenerateRequest, LoadSettings, Sampling } from '#shared/domain/engine.ts'
import { theEnd, type End } from './the-end.ts'

/** What one adapter must be given to be held against the port. Every generation of the suite is raw. */
export interface EngineConformance {
  /** Heading of the tests. */
  readonly name: string
  /** A fresh engine on an endpoint that is ready. Called a few times; the suite closes what it made. */
  readonly make: () => Engine | Promise<Engine>
  /** A model the engine has. It must not be loaded by anything else meanwhile. */
  readonly ref: string
  readonly load: LoadSettings
  /**
   * Answered greedily with `<think>` somewhere in its text, ended by the model itself within `maxTokens`, in at least
   * 12 tokens. Without BOS.
   */
  readonly prompt: string
  readonly maxTokens: number
  /** Another prompt, with another answer. */
  readonly otherPrompt: string
  /** Makes the model write long enough to be cancelled: at least 100 tokens. */
  readonly longAnswerPrompt: string
  /** One user message for `render`; what comes back must contain it. */
  readonly user: string
  /** A ref that the engine does not have. */
  readonly unknownRef: string
  /** Cases that this adapter cannot pass, each with its reason, which the report shows. */
  readonly skips?: Partial<Record<ConformanceCase, string>>
}

export type ConformanceCase =
  | 'status'
  | 'list'
  | 'describe'
  | 'render'
  | 'load'
  | 'unload'
  | 'greedy'
  | 'fresh-state'
  | 'seed'
  | 'think'
  | 'end'
  | 'length'
  | 'stop'
  | 'cancel'
  | 'cancel-before'
  | 'break-off'
  | 'tokens'
  | 'alternatives'
  | 'unknown-model'
  | 'prompt-too-long'
  | 'concurrency'
  | 'count-tokens'
  | 'score'
  | 'close'

export const greedy: Sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, seed: 1 }
export const sampled: Sampling = { temperature: 3, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, seed: 7 }
/** A signal that nobody aborts. */
export const never = () => new AbortController().signal

export interface Generated {
  readonly text: string
  readonly texts: readonly Extract<EngineEvent, { kind: 'text' }>[]
  readonly end: End
}

async function collect(events: AsyncIterable<EngineEvent>): Promise<Generated> {
  const seen: EngineEvent[] = []
  for await (const event of events) seen.push(event)
  const texts = seen.filter((event) => event.kind === 'text')
  return { text: texts.map(({ text }) => text).join(''), texts, end: theEnd(seen) }
}

export interface Session {
  readonly options: EngineConformance
  readonly engine: () => Engine
  readonly features: () => EngineFeatures
  readonly request: (changes?: Partial<GenerateRequest>) => GenerateRequest
  readonly run: (changes?: Partial<GenerateRequest>, signal?: AbortSignal) => Promise<Generated>
}
export type Check = (key: ConformanceCase, sentence: string, body: () => Promise<void>) => void

/** The engine of all cases but `close`: made before the first, closed after the last. */
export function openSession(options: EngineConformance): Session {
  let made: { readonly engine: Engine; readonly features: EngineFeatures } | null = null
  const ready = () => {
    if (made === null) throw new Error('the engine is not made yet')
    return made
  }
  beforeAll(async () => {
    const engine = await options.make()
    made = { engine, features: await engine.features() }
  })
  afterAll(() => made?.engine.close())
  const request = (changes: Partial<GenerateRequest> = {}): GenerateRequest => ({
    ref: options.ref,
    input: { mode: 'raw', prompt: options.prompt },
    load: options.load,
    sampling: greedy,
    seed: 1,
    maxTokens: options.maxTokens,
    stop: [],
    alternatives: null,
    ...changes,
  })
  return {
    options,
    engine: () => ready().engine,
    features: () => ready().features,
    request,
    run: (changes, signal) => collect(ready().engine.generate(request(changes), signal ?? never())),
  }
}

export const raw = (prompt: string): Pick<GenerateRequest, 'input'> => ({ input: { mode: 'raw', prompt } })
