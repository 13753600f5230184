import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from '#shared/domain/error.ts'
import type { MakeJob, MakeMessage } from './make-worker.ts'

const stderrKept = 2000

/**
 * Runs one job in a process of its own and returns when its file is written.
 * Aborting ends that process at once and throws the signal's reason.
 * @throws LabError what the job failed with, or ENGINE_CRASHED
 */
export async function runMakeWorker(
  job: MakeJob,
  onMessage: (message: Extract<MakeMessage, { kind: 'progress' | 'tensor' }>) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted()
  const child = fork(workerFile(), [JSON.stringify(job)], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let end: MakeMessage | null = null
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-stderrKept)
  })
  child.on('message', (message: MakeMessage) => {
    if (message.kind === 'progress' || message.kind === 'tensor') onMessage(message)
    else end = message
  })
  const stop = () => child.kill('SIGKILL')
  signal?.addEventListener('abort', stop)
  try {
    const how = await new Promise<string>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, killedBy) => resolve(killedBy ?? `exit code ${code}`))
    })
    signal?.throwIfAborted()
    settle(end, how, stderr)
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

function settle(end: MakeMessage | null, how: string, stderr: string): void {
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

/** Beside this file in the sources; a file of its own beside the bundle, or above the bundle's chunks. */
function workerFile(): string {
  const here = import.meta.dirname
  const candidates = [join(here, 'make-worker.ts'), join(here, 'make-worker.js'), join(here, '..', 'make-worker.js')]
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found === undefined) throw new Error(`make-worker is missing beside ${here}`)
  return found
}
