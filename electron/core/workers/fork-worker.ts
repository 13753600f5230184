import { fork, type ChildProcess, type ForkOptions } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { SpawnWorker, WorkerName, WorkerProcess } from './worker-process.ts'

const stderrKept = 4000
/** What a dying process wrote may arrive after the news of its death. */
const lastWordsMs = 20

/** `advanced` carries Float32Array; execArgv is emptied so that a debugger's port is not taken twice. */
export const forkOptions: ForkOptions = {
  serialization: 'advanced',
  execArgv: [],
  stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
}

/** Runs a worker in this very Node. */
export const forkWorker: SpawnWorker = (worker) => overChildProcess(fork(workerFile(worker), [], forkOptions))

export function overChildProcess(child: ChildProcess): WorkerProcess {
  const pipe = child.stderr as Socket | null
  let stderr = ''
  let spawnError: Error | null = null
  pipe?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-stderrKept)
  })
  child.on('error', (error) => {
    spawnError = error
  })
  return {
    // A child that has just died is reported by its exit, not by the message that missed it.
    send: (message) => void (child.connected && child.send(message as object, () => {})),
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      const end = (code: number | null, signal: string | null) =>
        listener({ how: spawnError?.message ?? signal ?? `exit code ${code}`, stderr })
      child.once('exit', (code, signal) => setTimeout(end, lastWordsMs, code, signal))
      child.once('error', () => child.pid === undefined && end(null, null))
    },
    kill: () => void child.kill('SIGKILL'),
    hold(waiting) {
      for (const handle of [child, child.channel, pipe]) {
        if (waiting) handle?.ref()
        else handle?.unref()
      }
    },
  }
}

const sources: Readonly<Record<WorkerName, string>> = {
  'builtin-worker': join('..', 'engines', 'builtin', 'worker.ts'),
  'make-worker': join('..', 'variants', 'make-worker.ts'),
}

/** Where a worker lies in the sources; in a build, a file of its own beside the bundle, or above the bundle's chunks. */
export function workerFile(worker: WorkerName): string {
  const here = import.meta.dirname
  const places = [sources[worker], `${worker}.js`, join('..', `${worker}.js`)].map((place) => join(here, place))
  const found = places.find((place) => existsSync(place))
  if (found === undefined) throw new Error(`${worker} is missing beside ${here}`)
  return found
}
