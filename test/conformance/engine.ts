import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '#core/engines/engine.ts'
import type { EngineEvent, EngineFeatures, GenerateRequest, LoadSettings, Sampling } from '#shared/domain/engine.ts'
import { LabError, type ErrorCode } from '#shared/domain/error.ts'
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

const greedy: Sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, seed: 1 }
const sampled: Sampling = { temperature: 3, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, seed: 7 }
/** A signal that nobody aborts. */
const never = () => new AbortController().signal

interface Generated {
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

async function failureOf(action: () => Promise<unknown>): Promise<LabError> {
  const outcome = await action().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if (!('error' in outcome)) throw new Error(`expected a failure, got ${JSON.stringify(outcome.value)}`)
  expect(outcome.error).toBeInstanceOf(LabError)
  return outcome.error as LabError
}

/**
 * Holds an adapter against the port. Call it at the top level of a test file, once an endpoint.
 * The engine is made once and shared by all cases but `close`.
 */
export function testEngine(options: EngineConformance): void {
  describe(`${options.name} keeps the engine port`, () => {
    const session = openSession(options)
    const check = (key: ConformanceCase, sentence: string, body: () => Promise<void>) => {
      const reason = options.skips?.[key]
      // oxlint-disable-next-line vitest/expect-expect -- the body, written below, asserts
      it.skipIf(reason !== undefined)(`${sentence}${reason === undefined ? '' : ` (${reason})`}`, body)
    }
    describeModels(session, check)
    describeText(session, check)
    describeEnds(session, check)
    describeTokens(session, check)
    describeFailures(session, check)
  })
}

interface Session {
  readonly options: EngineConformance
  readonly engine: () => Engine
  readonly features: () => EngineFeatures
  readonly request: (changes?: Partial<GenerateRequest>) => GenerateRequest
  readonly run: (changes?: Partial<GenerateRequest>, signal?: AbortSignal) => Promise<Generated>
}
type Check = (key: ConformanceCase, sentence: string, body: () => Promise<void>) => void

function openSession(options: EngineConformance): Session {
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

const raw = (prompt: string): Pick<GenerateRequest, 'input'> => ({ input: { mode: 'raw', prompt } })

function describeModels({ options, engine, features, run }: Session, check: Check): void {
  const { ref, load } = options

  check('status', 'says that it is ready, at which version, and what it can do', async () => {
    const status = await engine().status()
    expect(status).toMatchObject({ endpoint: engine().endpoint, kind: engine().kind, state: 'ready' })
    if (status.state !== 'ready') return
    expect(status.version).toMatch(/\d/)
    expect(status.address).not.toBe('')
    expect(status.features).toEqual(features())
    expect(features().concurrency).toBeGreaterThanOrEqual(1)
  })

  check('list', 'lists the model once, pinned by a digest', async () => {
    const rows = (await engine().list()).filter((row) => row.ref === ref)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ endpoint: engine().endpoint, engine: engine().kind })
    expect(rows[0]?.id).toBe(`${engine().endpoint}:${ref}`)
    expect(rows[0]?.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(rows[0]?.sizeBytes).toBeGreaterThan(0)
  })

  check('describe', 'describes the model as it lists it', async () => {
    const details = await engine().describe(ref)
    const row = (await engine().list()).find((variant) => variant.ref === ref)
    expect(details.variant).toMatchObject({ id: row?.id, digest: row?.digest, family: row?.family })
    expect(details.tensors.length).toBeGreaterThan(0)
  })

  check('render', 'renders one user message, without BOS and ready for an answer', async () => {
    const rendered = await engine().render(ref, { system: null, user: options.user }, load)
    expect(rendered.text).toContain(options.user)
    expect(rendered.text).not.toMatch(/^(<｜begin▁of▁sentence｜>|<s>|<\|begin_of_text\|>)/)
    expect(rendered.text.length).toBeGreaterThan(options.user.length)
    expect(rendered.templateHash).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(await engine().render(ref, { system: null, user: options.user }, load)).toEqual(rendered)
  })

  check('load', 'loads a model twice as it loads it once', async () => {
    const first = await engine().load(ref, load)
    const second = await engine().load(ref, load)
    expect(first.variant).toBe(`${engine().endpoint}:${ref}`)
    expect(first.engineVersion).toMatch(/\d/)
    expect({ ...second, loadMs: 0 }).toEqual({ ...first, loadMs: 0 })
    expect((await engine().list()).find((row) => row.ref === ref)?.loaded).toBe(true)
  })

  check('unload', 'unloads twice, is then not loaded, and loads again by itself when asked', async () => {
    await engine().load(ref, load)
    await engine().unload(ref)
    await engine().unload(ref)
    expect((await engine().list()).find((row) => row.ref === ref)?.loaded).toBe(false)
    expect((await run({ maxTokens: 2 })).texts.length).toBeGreaterThan(0)
  })
}

function describeText({ options, engine, run, request }: Session, check: Check): void {
  check('greedy', 'repeats itself exactly at temperature 0', async () => {
    const first = await run()
    const second = await run()
    expect(first.text).not.toBe('')
    expect(second.text).toBe(first.text)
    expect(second.end.outputTokens).toBe(first.end.outputTokens)
    expect(second.end.promptTokens).toBe(first.end.promptTokens)
  })

  check('fresh-state', 'does not let one generation leak into the next', async () => {
    const before = await run()
    const other = await run(raw(options.otherPrompt))
    expect(other.text).not.toBe(before.text)
    await run({ ...raw(options.otherPrompt), sampling: sampled, seed: 3 })
    expect((await run()).text).toBe(before.text)
  })

  check('seed', 'gives one text for one seed and others for others', async () => {
    const sample = async (seed: number) => (await run({ sampling: sampled, seed, maxTokens: 24 })).text
    const first = await sample(11)
    expect(await sample(11)).toBe(first)
    const others = new Set([await sample(12), await sample(13), await sample(14), await sample(15)])
    others.delete(first)
    expect(others.size).toBeGreaterThan(0)
  })

  check('think', 'keeps <think> in the text of a raw prompt, tags and all', async () => {
    const { text, texts } = await run()
    expect(text).toContain('<think>')
    expect(text).toContain('</think>')
    expect(text).not.toMatch(/<｜end▁of▁sentence｜>|<\/s>/)
    expect(texts.every(({ thinking }) => thinking === null)).toBe(true)
  })

  check('break-off', 'is usable at once after a reader walked away', async () => {
    const before = await run()
    for await (const event of engine().generate(request(raw(options.longAnswerPrompt)), never())) {
      if (event.kind === 'text') break
    }
    expect((await run()).text).toBe(before.text)
  })
}

function describeEnds({ options, engine, run, request }: Session, check: Check): void {
  check('end', 'ends once, with a reason, counts and times that fit together', async () => {
    const { texts, end } = await run()
    expect(end.reason).toBe('stop')
    expect(end.promptTokens ?? 1).toBeGreaterThan(0)
    const times = texts.map(({ atMs }) => atMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[0]).toBeGreaterThanOrEqual(0)
    expect(end.timings.totalMs).toBeGreaterThanOrEqual(times.at(-1) ?? 0)
    expect(end.timings.firstTokenMs ?? 0).toBeLessThanOrEqual(end.timings.totalMs)
  })

  check('length', 'stops after maxTokens, and the shorter text begins the longer one', async () => {
    const whole = await run()
    const cut = await run({ maxTokens: 6 })
    expect(cut.end.reason).toBe('length')
    expect(cut.end.outputTokens ?? 6).toBe(6)
    expect(cut.text).not.toBe('')
    expect(whole.text.startsWith(cut.text)).toBe(true)
    expect(cut.text.length).toBeLessThan(whole.text.length)
  })

  check('stop', 'ends before a stop string, wherever the tokens are cut', async () => {
    const { text } = await run()
    const at = Math.floor(text.length / 2)
    for (const stop of [text.slice(at, at + 1), text.slice(at, at + 3), text.slice(at - 2, at + 5)]) {
      const stopped = await run({ stop: [stop, 'never written \u0001'] })
      expect(stopped.end.reason).toBe('stop')
      expect(stopped.text).toBe(text.slice(0, text.indexOf(stop)))
    }
  })

  check('cancel', 'ends as cancelled when asked, keeps the text so far, and is usable at once', async () => {
    const whole = await run(raw(options.longAnswerPrompt))
    const stop = new AbortController()
    const seen: EngineEvent[] = []
    for await (const event of engine().generate(request(raw(options.longAnswerPrompt)), stop.signal)) {
      seen.push(event)
      if (seen.length === 3) stop.abort()
    }
    const text = seen.map((event) => (event.kind === 'text' ? event.text : '')).join('')
    expect(theEnd(seen).reason).toBe('cancelled')
    expect(text).not.toBe('')
    expect(whole.text.startsWith(text)).toBe(true)
    expect(text.length).toBeLessThan(whole.text.length)
    expect((await run(raw(options.longAnswerPrompt))).text).toBe(whole.text)
  })

  check('cancel-before', 'ends as cancelled at once when the signal is aborted already', async () => {
    const { texts, end } = await run({}, AbortSignal.abort())
    expect(texts).toEqual([])
    expect(end.reason).toBe('cancelled')
  })
}

function describeTokens({ options, engine, features, run }: Session, check: Check): void {
  check('tokens', 'accounts for every token: counts, ids and log-probabilities', async () => {
    const plain = await run()
    expect(plain.texts.every(({ tokens }) => tokens.every(({ alternatives }) => alternatives.length === 0))).toBe(true)
    if (features().maxAlternatives === null) return
    const { texts, end, text } = await run({ alternatives: 0 })
    expect(text).toBe(plain.text)
    const records = texts.flatMap(({ tokens }) => tokens)
    expect(texts.every(({ tokens, tokenCount }) => tokens.length <= tokenCount && tokenCount >= 1)).toBe(true)
    if (end.outputTokens !== null) {
      const counted = texts.reduce((sum, { tokenCount }) => sum + tokenCount, 0)
      // The token that ended it is counted and has no text.
      expect([counted, counted + 1]).toContain(end.outputTokens)
    }
    expect(records.length).toBeGreaterThan(0)
    for (const record of records) {
      expect(record.logprob ?? 0).toBeLessThanOrEqual(0)
      expect(record.id !== null).toBe(features().tokenIds)
      expect(record.alternatives).toEqual([])
    }
    expect(records.some(({ logprob }) => logprob !== null)).toBe(true)
  })

  check('alternatives', 'gives as many alternatives as asked, most likely first, greedy its first one', async () => {
    const most = features().maxAlternatives
    if (most === null || most === 0) return
    const wanted = Math.min(5, most)
    const records = (await run({ alternatives: wanted })).texts.flatMap(({ tokens }) => tokens)
    expect(records.length).toBeGreaterThan(0)
    for (const { alternatives, logprob, text } of records) {
      expect(alternatives).toHaveLength(wanted)
      const logprobs = alternatives.map((one) => one.logprob ?? Number.NEGATIVE_INFINITY)
      expect(logprobs).toEqual(logprobs.toSorted((a, b) => b - a))
      expect(alternatives[0]?.text).toBe(text)
      expect(logprobs[0]).toBeCloseTo(logprob ?? Number.NaN, 5)
      expect(logprobs.reduce((sum, value) => sum + Math.exp(value), 0)).toBeLessThanOrEqual(1.0001)
    }
  })

  check('concurrency', 'serves as many generations at once as it says, each as if it were alone', async () => {
    const alone = [await run(), await run(raw(options.otherPrompt))]
    const lanes = Math.max(2, Math.min(4, features().concurrency))
    const together = await Promise.all(
      Array.from({ length: lanes }, (_, lane) => run(lane % 2 === 0 ? {} : raw(options.otherPrompt))),
    )
    expect(together.map(({ text }) => text)).toEqual(together.map((_, lane) => alone[lane % 2]?.text))
  })

  check('count-tokens', 'counts the tokens of a text, special tokens as one', async () => {
    const count = engine().countTokens?.bind(engine())
    if (count === undefined) return
    expect(await count(options.ref, '', options.load)).toBe(0)
    const plain = await count(options.ref, options.user, options.load)
    expect(plain).toBeGreaterThan(0)
    const { end } = await run({ ...raw(options.prompt), maxTokens: 1 })
    const prompt = await count(options.ref, options.prompt, options.load)
    if (end.promptTokens !== null) expect([prompt, prompt + 1]).toContain(end.promptTokens)
  })

  check('score', 'scores a continuation: one position a token, the greedy text the likeliest', async () => {
    expect(engine().score !== undefined).toBe(features().score)
    const score = engine().score?.bind(engine())
    if (score === undefined) return
    const continuation = (await run()).text
    const base = { ref: options.ref, load: options.load, prompt: options.prompt, continuation }
    const positions = []
    for await (const position of score({ ...base, distribution: true }, never())) positions.push(position)
    expect(positions.length).toBe(await engine().countTokens?.(options.ref, continuation, options.load))
    for (const { token, logprob, topLogprob, topToken, entropy, logprobs } of positions) {
      expect(topToken).toBe(token)
      expect(logprob).toBe(topLogprob)
      expect(entropy).toBeGreaterThanOrEqual(0)
      expect(logprobs?.[token]).toBeCloseTo(logprob, 5)
      expect(logprobs?.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 4)
    }
  })
}

function describeFailures({ options, engine, run }: Session, check: Check): void {
  const expectCode = async (code: ErrorCode, action: () => Promise<unknown>) => {
    const error = await failureOf(action)
    expect(error.code).toBe(code)
    expect(error.message).not.toBe('')
    expect(error.hint).not.toBeNull()
  }

  check('unknown-model', 'says MODEL_NOT_FOUND, and what to do, for a model it does not have', async () => {
    const { unknownRef: ref, load, user } = options
    await expectCode('MODEL_NOT_FOUND', () => engine().describe(ref))
    await expectCode('MODEL_NOT_FOUND', () => engine().load(ref, load))
    await expectCode('MODEL_NOT_FOUND', () => engine().render(ref, { system: null, user }, load))
    await expectCode('MODEL_NOT_FOUND', () => run({ ref }))
    await engine().unload(ref)
    expect((await run({ maxTokens: 2 })).end.reason).toBe('length')
  })

  check('prompt-too-long', 'refuses a prompt that the context cannot hold instead of cutting it', async () => {
    const prompt = options.prompt + ' and one and two'.repeat(options.load.contextTokens)
    await expectCode('PROMPT_TOO_LONG', () => run(raw(prompt)))
    expect((await run({ maxTokens: 2 })).end.reason).toBe('length')
  })

  check('close', 'closes twice, ending open streams as cancelled', async () => {
    const own = await options.make()
    const seen: EngineEvent[] = []
    const request: GenerateRequest = {
      ref: options.ref,
      ...raw(options.longAnswerPrompt),
      load: options.load,
      sampling: greedy,
      seed: 1,
      maxTokens: options.maxTokens,
      stop: [],
      alternatives: null,
    }
    let closing: Promise<void> | null = null
    for await (const event of own.generate(request, never())) {
      seen.push(event)
      closing ??= own.close()
    }
    expect(theEnd(seen).reason).toBe('cancelled')
    await closing
    await own.close()
  })
}
