import { LabError } from '#shared/domain/error.ts'
import { forkWorker } from '#core/workers/fork-worker.ts'
import type { SpawnWorker, WorkerExit } from '#core/workers/worker-process.ts'
import type { MakeJob, MakeMessage } from './make-worker.ts'

export interface MakeWorkerOptions {
  readonly onMessage?: (message: Extract<MakeMessage, { kind: 'progress' | 'tensor' }>) => void
  readonly signal?: AbortSignal | undefined
  /** Default: a fork of this Node. */
  readonly spawn?: SpawnWorker | undefined
}

/**
 * Runs one job in a process of its own and returns when its file is written.
 * Aborting ends that process at once and throws the signal's reason.
 * @throws LabError what the job failed with, or ENGINE_CRASHED
 */
export async function runMakeWorker(
  job: MakeJob,
  { onMessage, signal, spawn = forkWorker }: MakeWorkerOptions = {},
): Promise<void> {
  signal?.throwIfAborted()
  const worker = spawn('make-worker')
  let end: MakeMessage | null = null
  worker.onMessage((sent) => {
    const message = sent as MakeMessage
    if (message.kind === 'progress' || message.kind === 'tensor') return onMessage?.(message)
    end = message
    worker.kill() // Its file is whole or given up: nothing is left for it to do.
  })
  const ended = new Promise<WorkerExit>((resolve) => worker.onExit(resolve))
  signal?.addEventListener('abort', worker.kill)
  try {
    worker.send(job)
    const exit = await ended
    signal?.throwIfAborted()
    settle(end, exit)
  } finally {
    signal?.removeEventListener('abort', worker.kill)
    worker.kill()
  }
}

function settle(end: MakeMessage | null, { how, stderr }: WorkerExit): void {
  if (end?.kind === 'done') return
  if (end?.kind === 'failed') {
    const { code, message, hint, data } = end.error
    throw new LabError(code, message, { ...(hint === null ? {} : { hint }), data, cause: stderr })
  }
  throw new LabError('ENGINE_CRASHED', `The process that makes the file ended early (${how}).`, {
    hint: 'Try again; if it happens again, the source file may be of a kind that llama.cpp cannot read.',
    cause: stderr,
  })
}
