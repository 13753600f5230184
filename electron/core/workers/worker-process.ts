/** The programs the lab starts beside itself, by the names of their built files. */
export const workerNames = ['builtin-worker', 'make-worker'] as const
export type WorkerName = (typeof workerNames)[number]

/** A process of the lab's own, as the lab sees it. It speaks in messages that can be cloned. */
export interface WorkerProcess {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, with what is known of how it ended. */
  onExit(listener: (how: WorkerExit) => void): void
  /** Ends it at once. */
  kill(): void
  /** Whether the lab waits for something: if not, an idle process must not keep the program alive. */
  hold(waiting: boolean): void
}

export interface WorkerExit {
  /** `SIGSEGV`, `exit code 1`. */
  readonly how: string
  /** The end of what it wrote to its standard error. */
  readonly stderr: string
}

/**
 * Starts one of the lab's processes. `forkWorker` forks this Node; where that is impossible (an Electron program whose
 * runAsNode fuse is off) the host passes a function that starts a utility process.
 */
export type SpawnWorker = (worker: WorkerName) => WorkerProcess
