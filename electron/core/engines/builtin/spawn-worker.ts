import { fork, type ChildProcess, type ForkOptions } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Socket } from 'node:net'

/** The engine's process as the lab sees it. `onExit` is called once, with what is known of how it ended. */
export interface WorkerProcess {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: (how: WorkerExit) => void): void
  /** Ends it at once. */
  kill(): void
  /** Whether the lab waits for something: if not, an idle engine must not keep the program alive. */
  hold(waiting: boolean): void
}

export interface WorkerExit {
  /** `SIGSEGV`, `exit code 1`. */
  readonly how: string
  /** The end of what it wrote to its standard error. */
  readonly stderr: string
}

/**
 * Starts the engine's process. The default forks this Node; where that is impossible (an Electron program whose
 * runAsNode fuse is off) the host passes a function that starts `workerFile()` as a utility process.
 */
export type SpawnWorker = () => WorkerProcess

const stderrKept = 4000
/** What a dying process wrote may arrive after the news of its death. */
const lastWordsMs = 20

/** `advanced` carries Float32Array; execArgv is emptied so that a debugger's port is not taken twice. */
export const forkOptions: ForkOptions = {
  serialization: 'advanced',
  execArgv: [],
  stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
}

export const forkWorker: SpawnWorker = () => overChildProcess(fork(workerFile(), [], forkOptions))

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

/** Beside this file in the sources; a file of its own beside the bundle, or above the bundle's chunks. */
export function workerFile(): string {
  const here = import.meta.dirname
  const places = [join(here, 'worker.ts'), join(here, 'builtin-worker.js'), join(here, '..', 'builtin-worker.js')]
  const found = places.find((place) => existsSync(place))
  if (found === undefined) throw new Error(`the built-in engine's worker is missing beside ${here}`)
  return found
}
