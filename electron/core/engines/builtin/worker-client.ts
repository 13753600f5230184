import { LabError } from '#shared/domain/error.ts'
import { workerReply, type Job, type WorkerReply, type WorkerRequest } from './protocol.ts'
import type { SpawnWorker, WorkerExit, WorkerProcess } from '#core/workers/worker-process.ts'

export interface WorkerClientDeps {
  readonly spawn: SpawnWorker
  /** The process is gone and with it all that was loaded. */
  readonly onGone: () => void
  readonly patience: WorkerPatience
}

export interface WorkerPatience {
  /** While a job runs the process is asked this often whether it is alive. */
  readonly beatEveryMs: number
  /** So many questions without any answer end it. */
  readonly beatsMissed: number
  /** A job that was told to stop and has not after this long is ended with its process. */
  readonly settleMs: number
  /** No honest template of one question needs this long, not even on a busy machine whose process is yet to start. */
  readonly renderMs: number
}

export const usualPatience: WorkerPatience = { beatEveryMs: 5000, beatsMissed: 6, settleMs: 1000, renderMs: 15_000 }

export interface JobListener {
  readonly onReply: (reply: Extract<WorkerReply, { id: number }>) => void
  /** `endedByUs`: nothing is wrong with this job; its process had to be ended because of another one. */
  readonly onGone: (error: LabError, endedByUs: boolean) => void
}

export interface Submission {
  /** Tells the job to stop. Ends the process when it does not. */
  readonly abort: () => void
  readonly more: () => void
}

interface Running {
  readonly process: WorkerProcess
  readonly jobs: Map<number, JobListener>
  readonly exited: Promise<void>
  missedBeats: number
  beat: NodeJS.Timeout | null
}

const lastOfAJob = new Set(['loaded', 'unloaded', 'counted', 'rendered', 'ended', 'scored', 'failed'])

/** The engine's process: started by the first job, watched while a job runs, replaced after it died. */
export class WorkerClient {
  readonly #deps: WorkerClientDeps
  #running: Running | null = null
  #nextId = 1
  #closed = false

  constructor(deps: WorkerClientDeps) {
    this.#deps = deps
  }

  submit(job: Job, listener: JobListener): Submission {
    if (this.#closed) throw closedError()
    const running = (this.#running ??= this.#start())
    const id = this.#nextId++
    running.jobs.set(id, listener)
    this.#watch(running)
    const send = (request: WorkerRequest) => running.process.send(request)
    send({ ...job, id })
    return {
      more: () => send({ kind: 'more', id }),
      abort: () => {
        if (!running.jobs.has(id)) return
        send({ kind: 'abort', id })
        setTimeout(() => {
          if (!running.jobs.has(id)) return
          this.#end(running, crashed('was ended because it did not stop when told to'), true)
        }, this.#deps.patience.settleMs).unref()
      },
    }
  }

  /** Resolves with the last reply. Aborting rejects at once with the signal's reason. */
  async call(job: Job, signal?: AbortSignal): Promise<WorkerReply> {
    signal?.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<WorkerReply>()
    const submission = this.submit(job, {
      onReply: (reply) => (reply.kind === 'failed' ? reject(failureOf(reply.error)) : resolve(reply)),
      onGone: reject,
    })
    const stop = () => {
      submission.abort()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', stop, { once: true })
    return await promise.finally(() => signal?.removeEventListener('abort', stop))
  }

  /** Ends the process whatever it does. Its jobs fail with `error`. */
  endProcess(error: LabError): void {
    if (this.#running !== null) this.#end(this.#running, error, true)
  }

  async close(): Promise<void> {
    this.#closed = true
    const running = this.#running
    if (running === null) return
    this.#end(running, closedError(), true)
    running.process.hold(true)
    await running.exited
  }

  #start(): Running {
    const process = this.#deps.spawn('builtin-worker')
    const exited = Promise.withResolvers<void>()
    const running: Running = { process, jobs: new Map(), exited: exited.promise, missedBeats: 0, beat: null }
    process.onMessage((message) => this.#receive(running, message))
    process.onExit((exit) => {
      exited.resolve()
      this.#forget(running, crashed(`ended unexpectedly (${exit.how})`, exit), false)
    })
    return running
  }

  #receive(running: Running, message: unknown): void {
    running.missedBeats = 0
    const { data: reply, error } = workerReply.safeParse(message)
    if (reply === undefined) {
      this.#end(
        running,
        crashed('was ended because it sent what cannot be read', { how: error.message, stderr: '' }),
        false,
      )
      return
    }
    if (reply.kind === 'alive') return
    const listener = running.jobs.get(reply.id)
    if (lastOfAJob.has(reply.kind)) running.jobs.delete(reply.id)
    this.#watch(running)
    listener?.onReply(reply)
  }

  /** Asks the process whether it is alive, as long as somebody waits for it. */
  #watch(running: Running): void {
    const waiting = running.jobs.size > 0
    if (waiting === (running.beat !== null)) return
    running.process.hold(waiting)
    if (running.beat !== null) clearInterval(running.beat)
    running.beat = null
    if (!waiting) return
    running.missedBeats = 0
    // Counted in beats, not in time: after a sleep of the machine its answers are on their way.
    running.beat = setInterval(() => {
      if (running.missedBeats >= this.#deps.patience.beatsMissed) {
        this.#end(running, crashed('was ended because it no longer answered'), false)
        return
      }
      running.missedBeats += 1
      running.process.send({ kind: 'ping' })
    }, this.#deps.patience.beatEveryMs)
  }

  #end(running: Running, error: LabError, endedByUs: boolean): void {
    this.#forget(running, error, endedByUs)
    running.process.kill()
  }

  #forget(running: Running, error: LabError, endedByUs: boolean): void {
    if (this.#running === running) {
      this.#running = null
      this.#deps.onGone()
    }
    const listeners = [...running.jobs.values()]
    running.jobs.clear()
    this.#watch(running)
    for (const listener of listeners) listener.onGone(error, endedByUs)
  }
}

export function failureOf({ code, message, hint, data }: Extract<WorkerReply, { kind: 'failed' }>['error']): LabError {
  return new LabError(code, message, { ...(hint === null ? {} : { hint }), data })
}

const closedError = () => new LabError('CLOSED', 'The built-in engine is closed.')

function crashed(what: string, exit?: WorkerExit): LabError {
  const killed = exit?.how === 'SIGKILL'
  return new LabError('ENGINE_CRASHED', `The built-in engine's process ${what}.`, {
    hint: killed
      ? 'If the machine is short of memory, use a smaller context or a coarser precision. The next call starts it again.'
      : 'The next call starts it again. If it happens again, try another file or Ollama.',
    ...(exit === undefined || exit.stderr === '' ? {} : { cause: new Error(exit.stderr) }),
  })
}
