import type { EngineEvent, GenerateRequest } from '#shared/domain/engine.ts'
import type { GenerationEnd, Piece, WorkerReply } from './protocol.ts'
import { createReplyQueue } from './reply-queue.ts'
import { failureOf, type WorkerClient } from './worker-client.ts'

/** A cancelled generation that has not given its own account after this long is ended without it. */
const cancelGraceMs = 150

/** The process was ended because of somebody else's job: this one may simply start again. */
export class EndedForAnother extends Error {}

export interface GenerationSession {
  readonly worker: WorkerClient
  readonly monotonic: () => number
  /** When the caller asked, on the same clock. */
  readonly startMs: number
}

/** The events of one generation of a loaded model. Aborting ends it as cancelled, whatever the process does. */
export async function* streamGeneration(
  { worker, monotonic, startMs }: GenerationSession,
  request: GenerateRequest,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent, void, void> {
  const sentMs = monotonic() - startMs
  const replies = createReplyQueue<WorkerReply>()
  const submission = worker.submit(jobOf(request), {
    onReply: replies.push,
    onGone: (error, endedByUs) => replies.fail(endedByUs ? new EndedForAnother('', { cause: error }) : error),
  })
  let grace: NodeJS.Timeout | undefined
  const cancel = () => {
    submission.abort()
    grace = setTimeout(replies.end, cancelGraceMs)
  }
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  let outputTokens = 0
  let firstTokenMs: number | null = null
  let end: GenerationEnd | null = null
  try {
    for await (const reply of replies) {
      if (reply.kind === 'failed') throw failureOf(reply.error)
      for (const piece of reply.kind === 'text' ? reply.pieces : []) {
        outputTokens += piece.tokenCount
        firstTokenMs ??= sentMs + piece.atMs
        yield textEvent(piece, sentMs)
      }
      if (reply.kind === 'ended') end = reply.value
      if (end !== null) break
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    clearTimeout(grace)
    signal.removeEventListener('abort', cancel)
    submission.abort()
  }
  const { promptMs = null, generateMs = null } = end ?? {}
  yield {
    kind: 'end',
    reason: signal.aborted ? 'cancelled' : (end?.reason ?? 'cancelled'),
    promptTokens: end?.promptTokens ?? null,
    outputTokens: end?.outputTokens ?? outputTokens,
    timings: { firstTokenMs, promptMs, generateMs, totalMs: monotonic() - startMs },
  }
}

function jobOf({ ref, input, sampling, seed, maxTokens, stop, alternatives }: GenerateRequest) {
  const prompt = input.mode === 'raw' ? input.prompt : ''
  return { kind: 'generate', file: ref, prompt, sampling, seed, maxTokens, stop, alternatives } as const
}

/** A generation that was cancelled before the engine had a word. */
export function cancelledEnd(totalMs: number): EngineEvent {
  const timings = { firstTokenMs: null, promptMs: null, generateMs: null, totalMs }
  return { kind: 'end', reason: 'cancelled', promptTokens: null, outputTokens: 0, timings }
}

function textEvent({ text, tokenCount, tokens, atMs }: Piece, sentMs: number): EngineEvent {
  return { kind: 'text', text, thinking: null, tokenCount, tokens, atMs: sentMs + atMs }
}
