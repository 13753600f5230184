import type { EngineEvent, GenerateRequest } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import type { EndReason, Split, Timings, TokenRecord } from '#shared/domain/trace.ts'
import { createSplitter, splitterVersion } from '#shared/thinking/splitter.ts'
import type { Engine } from '../engines/engine.ts'
import { watchBudget } from '../engines/within-budget.ts'
import type { Clock } from './run-deps.ts'

/** What one request to an engine came to, whole or not. */
export interface Generation {
  readonly raw: string
  readonly split: Split
  readonly endReason: EndReason
  readonly promptTokens: number | null
  readonly outputTokens: number | null
  readonly thinkingTokens: number | null
  readonly timings: Timings
  readonly tokens: readonly TokenRecord[]
  /** Why it is not whole, or null. */
  readonly error: LabError | null
}

export interface CollectOptions {
  readonly engine: Pick<Engine, 'generate'>
  readonly request: GenerateRequest
  readonly startsInside: boolean
  /** No text for this long ends it with reason `timeout`. */
  readonly idleTimeoutMs: number
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onText: (delta: TextDelta) => void
}

/** New text of a generation. `tokens`: how many it came from; 0 for text that was held back and is passed on later. */
export interface TextDelta {
  readonly thinking: string
  readonly answer: string
  readonly tokens: number
}

/**
 * Reads a generation to its end, splitting as it goes. Never throws: whatever happens, the text that had arrived is
 * returned, with the reason in `endReason` and `error`.
 */
export async function collectGeneration(options: CollectOptions): Promise<Generation> {
  const { clock, signal, engine, request } = options
  const startedMs = clock.monotonic()
  const text = makeText(options.startsInside)
  const ending = new AbortController()
  const stop = () => ending.abort(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  let end: Extract<EngineEvent, { kind: 'end' }> | null = null
  let error: LabError | null = null
  const idle = watchIdle(options.idleTimeoutMs, () => {
    error = new LabError('ENGINE_TIMEOUT', `The engine sent no text for ${options.idleTimeoutMs / 1000} s.`, {
      hint: 'The text so far is kept. Raise the idle time-out, or see what the engine is doing.',
    })
    ending.abort(error)
  })
  try {
    const checkBudget = watchBudget(request.maxTokens)
    for await (const event of engine.generate(request, ending.signal)) {
      idle.reset()
      if (event.kind === 'end') end = event
      else options.onText({ ...text.push(event), tokens: event.tokenCount })
      checkBudget(event)
    }
    options.onText({ ...text.rest(), tokens: 0 })
    if (end === null) error ??= new LabError('STREAM_CUT', 'The engine ended the stream without saying why.')
  } catch (caught) {
    error ??= caught instanceof LabError ? caught : new LabError('ENGINE_FAILED', String(caught), { cause: caught })
  } finally {
    idle.clear()
    signal.removeEventListener('abort', stop)
  }
  if (signal.aborted && error === null)
    error = new LabError('CANCELLED', 'The cell was cancelled; its text so far is kept.')
  const endReason = reasonOf(error, end)
  return {
    ...text.finish(endReason),
    endReason,
    error,
    promptTokens: end?.promptTokens ?? null,
    outputTokens: end?.outputTokens ?? null,
    timings: end?.timings ?? {
      firstTokenMs: text.firstMs(),
      promptMs: null,
      generateMs: null,
      totalMs: clock.monotonic() - startedMs,
    },
  }
}

function reasonOf(error: LabError | null, end: { readonly reason: EndReason } | null): EndReason {
  if (error === null) return end?.reason ?? 'failed'
  if (error.code === 'ENGINE_TIMEOUT') return 'timeout'
  if (error.code === 'CANCELLED') return 'cancelled'
  return 'failed'
}

function watchIdle(limitMs: number, onIdle: () => void): { reset(): void; clear(): void } {
  const timer = setTimeout(onIdle, limitMs)
  return { reset: () => void timer.refresh(), clear: () => clearTimeout(timer) }
}

type TextEvent = Extract<EngineEvent, { kind: 'text' }>

interface TextCollector {
  push(event: TextEvent): { readonly thinking: string; readonly answer: string }
  /** What was held back because it could have become a tag. */
  rest(): { readonly thinking: string; readonly answer: string }
  finish(endReason: EndReason): Pick<Generation, 'raw' | 'split' | 'thinkingTokens' | 'tokens'>
  firstMs(): number | null
}

/** Raw text is split by us; where the engine has split it already (the chat arm), its word is kept. */
function makeText(startsInside: boolean): TextCollector {
  const splitter = createSplitter({ startsInside })
  const parts: string[] = []
  const tokens: TokenRecord[] = []
  const byEngine = { thinking: '', answer: '' }
  let engineSplits = false
  let firstMs: number | null = null
  const starts: { readonly at: number; readonly tokenCount: number }[] = []
  let length = 0
  let engineThinkingTokens = 0

  return {
    push(event) {
      firstMs ??= event.atMs
      // One at a time: spreading a long list into push() overflows the stack.
      for (const token of event.tokens) tokens.push(token)
      if (event.thinking !== null) {
        engineSplits = true
        byEngine[event.thinking ? 'thinking' : 'answer'] += event.text
        if (event.thinking) engineThinkingTokens += event.tokenCount
        return event.thinking ? { thinking: event.text, answer: '' } : { thinking: '', answer: event.text }
      }
      parts.push(event.text)
      starts.push({ at: length, tokenCount: event.tokenCount })
      length += event.text.length
      return splitter.push(event.text)
    },
    rest: () => splitter.flush(),
    finish(endReason) {
      if (engineSplits) {
        const raw = byEngine.thinking + byEngine.answer
        return { raw, split: engineSplit(byEngine), tokens, thinkingTokens: engineThinkingTokens }
      }
      const split = splitter.finish(endReason)
      return { raw: parts.join(''), split, tokens, thinkingTokens: countThinking(split, starts) }
    },
    firstMs: () => firstMs,
  }
}

/** Tokens that begin before the answer does, the tags among them; none where nothing was thought. */
function countThinking(split: Split, starts: readonly { readonly at: number; readonly tokenCount: number }[]): number {
  if (split.thinkState === 'absent') return 0
  return starts.reduce((sum, { at, tokenCount }) => (at < split.answer.start ? sum + tokenCount : sum), 0)
}

/** In a chat reply an empty thinking and none at all look the same, so the state is `absent` for both. */
function engineSplit({ thinking, answer }: { thinking: string; answer: string }): Split {
  return {
    thinkState: thinking.trim() === '' ? 'absent' : 'normal',
    thinking: { start: 0, end: thinking.length },
    answer: { start: thinking.length, end: thinking.length + answer.length },
    version: splitterVersion,
  }
}
