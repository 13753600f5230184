import { errorInfo, LabError, type ErrorInfo } from '#shared/domain/error.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { isUtilityProcess, parentChannel } from '#core/workers/parent-channel.ts'
import { answerRehearsals } from './answer-rehearsals.ts'
import { generate } from './generate.ts'
import { createModelHost } from './model-host.ts'
import type { GenerationEnd, GenerateJob, ScoreJob, WorkerReply, WorkerRequest } from './protocol.ts'
import { createTemplateRenderer } from './render-template.ts'
import { score } from './score.ts'
import { createTextBatcher } from './text-batcher.ts'
import { tokenize } from './tokenize-prompt.ts'

/**
 * The engine's own process: llama.cpp may crash it, a foreign template may hang it, and the lab stays up.
 * Its parent holds all state that matters; this one forgets everything when it ends.
 */
if (isUtilityProcess) answerRehearsals()
const channel = parentChannel((message) => receive(message as WorkerRequest))
const host = createModelHost()
const renderTemplate = createTemplateRenderer()
const aborts = new Map<number, AbortController>()
/** Score streams that wait for their reader. */
const readers = new Map<number, () => void>()

const send = (reply: WorkerReply): void => channel.send(reply)

function receive(request: WorkerRequest): void {
  if (request.kind === 'ping') send({ kind: 'alive' })
  else if (request.kind === 'abort') {
    aborts.get(request.id)?.abort()
    readers.get(request.id)?.()
  } else if (request.kind === 'more') readers.get(request.id)?.()
  else void perform(request)
}

type JobRequest = Exclude<WorkerRequest, { kind: 'ping' | 'abort' | 'more' }>

async function perform(request: JobRequest): Promise<void> {
  const abort = new AbortController()
  aborts.set(request.id, abort)
  try {
    send(await answer(request, abort.signal))
  } catch (error) {
    send({ kind: 'failed', id: request.id, error: failure(error) })
  } finally {
    aborts.delete(request.id)
  }
}

async function answer(request: JobRequest, signal: AbortSignal): Promise<WorkerReply> {
  const { id } = request
  switch (request.kind) {
    case 'load': {
      const { id: _, ...job } = request
      return { kind: 'loaded', id, value: await host.load(job, signal) }
    }
    case 'unload':
      await host.unload(request.file)
      return { kind: 'unloaded', id }
    case 'count':
      return { kind: 'counted', id, value: tokenize(host.model(request.file), request.text).length }
    case 'render':
      return { kind: 'rendered', id, value: renderTemplate(request.template, request.system, request.user) }
    case 'generate':
      return { kind: 'ended', id, value: await streamText(id, request, signal) }
    case 'score':
      await streamScores(id, request, signal)
      return { kind: 'scored', id }
    default:
      return assertNever(request)
  }
}

async function streamText(id: number, job: GenerateJob, signal: AbortSignal): Promise<GenerationEnd> {
  const batcher = createTextBatcher((pieces) => send({ kind: 'text', id, pieces: [...pieces] }))
  try {
    return await host.withSlot(job.file, signal, (slot) => generate(slot, job, signal, batcher.push))
  } finally {
    batcher.flush()
  }
}

async function streamScores(id: number, job: ScoreJob, signal: AbortSignal): Promise<void> {
  await host.withSlot(job.file, signal, (slot) =>
    score(slot, job, signal, async (scores) => {
      const taken = new Promise<void>((resolve) => readers.set(id, resolve))
      send({ kind: 'scores', id, scores: [...scores] })
      await (signal.aborted ? null : taken)
      readers.delete(id)
    }),
  )
}

function failure(error: unknown): ErrorInfo {
  if (error instanceof LabError || (error instanceof Error && error.name === 'AbortError')) return errorInfo(error)
  const reason = error instanceof Error ? error.message : String(error)
  const hint = 'Try again. If it happens again, load the model with a smaller context or another precision.'
  return { code: 'ENGINE_FAILED', message: `llama.cpp failed: ${reason}.`, hint }
}
