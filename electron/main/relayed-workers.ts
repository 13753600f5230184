import type { SpawnWorker, WorkerExit } from '#core/workers/worker-process.ts'
import { relayEvent, type RelayRequest } from './worker-relay.ts'

export interface RelayedWorkers {
  readonly spawn: SpawnWorker
  /** Takes what the main process says. False for what is not about a worker. */
  receive(data: unknown): boolean
}

interface Listeners {
  message: (message: unknown) => void
  exit: (how: WorkerExit) => void
}

/** In the lab's process: workers that the main process starts on its behalf. */
export function relayedWorkers(ask: (request: RelayRequest) => void): RelayedWorkers {
  const workers = new Map<number, Listeners>()
  let nextId = 1
  return {
    spawn(worker) {
      const id = nextId++
      const listeners: Listeners = { message: () => {}, exit: () => {} }
      workers.set(id, listeners)
      ask({ kind: 'worker:start', id, worker })
      return {
        send: (message) => workers.has(id) && ask({ kind: 'worker:send', id, message }),
        onMessage: (listener) => void (listeners.message = listener),
        onExit: (listener) => void (listeners.exit = listener),
        kill: () => workers.has(id) && ask({ kind: 'worker:kill', id }),
        // The lab's process lives as long as the window's: nothing here decides on that.
        hold: () => {},
      }
    },
    receive(data) {
      const event = relayEvent.safeParse(data).data
      if (event === undefined) return false
      const listeners = workers.get(event.id)
      if (event.kind === 'worker:message') listeners?.message(event.message)
      else {
        workers.delete(event.id)
        listeners?.exit({ how: event.how, stderr: event.stderr })
      }
      return true
    },
  }
}
