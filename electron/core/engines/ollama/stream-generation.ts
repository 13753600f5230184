import type { EngineEvent, GenerateRequest } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import type { EndReason, TokenAlternative, TokenRecord } from '#shared/domain/trace.ts'
import { slackTokens } from '../within-budget.ts'
import type { LogprobEntry, ModelLine } from './replies.ts'
import { createRepetitionCounter } from './repetition.ts'

type TextEvent = Extract<EngineEvent, { kind: 'text' }>
type EndEvent = Extract<EngineEvent, { kind: 'end' }>

export interface OpenedStream {
  readonly lines: AsyncIterable<ModelLine>
  /** True where the engine parts thinking from answer, so that its content is answer even when no thinking came. */
  readonly engineSplits: boolean
}

export interface StreamOptions {
  readonly request: GenerateRequest
  /** Milliseconds since the generation was asked for. */
  readonly elapsedMs: () => number
}

/** Turns Ollama's lines into the port's events. */
export async function* streamGeneration(
  open: () => Promise<OpenedStream>,
  options: StreamOptions,
): AsyncGenerator<EngineEvent> {
  const { elapsedMs, request } = options
  const repetition = createRepetitionCounter()
  let firstTokenMs: number | null = null
  let lineCount = 0
  const finish = (reason: EndReason, line: ModelLine | null): EndEvent => ({
    kind: 'end',
    reason,
    promptTokens: line?.prompt_eval_count ?? null,
    outputTokens: line === null ? null : plausible(line.eval_count ?? 0, request.maxTokens),
    timings: {
      firstTokenMs,
      promptMs: toMs(line?.prompt_eval_duration),
      generateMs: generateMs(line),
      totalMs: elapsedMs(),
    },
  })
  try {
    const { lines, engineSplits } = await open()
    const texts = makeTexts({ ...options, engineSplits })
    for await (const line of lines) {
      checkLineCount(++lineCount, request.maxTokens)
      for (const event of texts(line)) {
        firstTokenMs ??= event.atMs
        yield event
      }
      if (line.done) {
        yield finish(endReason(line), line)
        return
      }
      repetition.push(line.thinking + line.text)
    }
  } catch (error) {
    if (error instanceof LabError && (error.code === 'CANCELLED' || error.code === 'CLOSED')) {
      yield finish('cancelled', null)
      return
    }
    if (!(endedCleanly(error) && repetition.isAtLimit())) throw error
    yield finish('repetition', null)
    return
  }
  throw new LabError('STREAM_GARBLED', 'Ollama ended its reply in a way that is not known.')
}

/** A zero is left out by the server, and no time at all is not what it means to say. */
/** A count that no generation of this budget can have: it is not known then, rather than shown. */
const plausible = (tokens: number, maxTokens: number): number | null =>
  tokens > maxTokens + slackTokens(maxTokens) ? null : tokens

/** Faster than any engine generates. */
const mostTokensPerMs = 1000

function generateMs(line: ModelLine | null): number | null {
  const ms = toMs(line?.eval_duration)
  return ms === null || (line?.eval_count ?? 0) / ms > mostTokensPerMs ? null : ms
}

const toMs = (nanoseconds: number | undefined): number | null =>
  nanoseconds === undefined || nanoseconds === 0 ? null : nanoseconds / 1e6

function endedCleanly(error: unknown): boolean {
  if (!(error instanceof LabError) || error.code !== 'STREAM_CUT') return false
  const { data } = error
  return typeof data === 'object' && data !== null && 'cleanEnd' in data && data.cleanEnd === true
}

function endReason(line: ModelLine): EndReason {
  if (line.done_reason === 'stop' || line.done_reason === 'length') return line.done_reason
  // No reason at all is what a server writes whose model process closed the connection.
  throw new LabError('STREAM_CUT', `Ollama ended the text for the reason ${JSON.stringify(line.done_reason)}.`, {
    hint: "See Ollama's log for what happened to the model process.",
    data: { cleanEnd: true },
  })
}

/** Each line holds a token or more; twice as many and some for what was held back is beyond any honest server. */
function checkLineCount(lineCount: number, maxTokens: number): void {
  if (lineCount <= 2 * Math.max(1, maxTokens) + 64) return
  throw new LabError('STREAM_GARBLED', `Ollama goes on beyond the ${maxTokens} tokens it was asked for.`, {
    hint: 'Update Ollama, or see what stands between it and Assay.',
  })
}

/** Reads a line's texts. Log-probabilities of a line without text wait for the next text. */
function makeTexts({
  request,
  elapsedMs,
  engineSplits,
}: StreamOptions & Pick<OpenedStream, 'engineSplits'>): (line: ModelLine) => Generator<TextEvent> {
  const isChat = request.input.mode === 'chat'
  let waiting: TokenRecord[] = []
  let thinkingSeen = false
  return function* texts(line) {
    for (const entry of line.logprobs) waiting.push(toRecord(entry))
    const atMs = elapsedMs()
    const event = (text: string, thinking: boolean | null): TextEvent => {
      const tokens = waiting
      waiting = []
      return { kind: 'text', text, thinking, tokenCount: Math.max(1, tokens.length), tokens, atMs }
    }
    if (line.thinking !== '') {
      thinkingSeen = true
      yield event(line.thinking, isChat ? true : null)
    }
    if (line.text !== '') yield event(line.text, isChat && (thinkingSeen || engineSplits) ? false : null)
    if (line.done && waiting.length > 0) yield event('', isChat && (thinkingSeen || engineSplits) ? false : null)
  }
}

function toRecord({ token, logprob, top_logprobs: alternatives }: LogprobEntry): TokenRecord {
  return { ...toAlternative({ token, logprob }), alternatives: alternatives.map(toAlternative) }
}

/** The model process writes the lowest float for a probability that underflows to 0. */
function toAlternative({ token, logprob }: { readonly token: string; readonly logprob: number }): TokenAlternative {
  return { text: token, logprob: logprob <= -1e30 ? null : logprob, id: null }
}
