import { join } from 'node:path'
import { utilityProcess, type UtilityProcess } from 'electron'
import { relayRequest, type RelayEvent } from './worker-relay.ts'

const stderrKept = 4000

export interface HostedWorkers {
  /** Takes what the lab says. False for what is not about a worker. */
  receive(data: unknown): boolean
  /** Ends all of them: their lab is gone. */
  end(): void
}

/** In the main process: starts the lab's workers by name, passes messages on, and ends them with their lab. */
export function hostWorkers(tell: (event: RelayEvent) => void): HostedWorkers {
  const workers = new Map<number, UtilityProcess>()

  const start = (id: number, name: string) => {
    const child = utilityProcess.fork(join(import.meta.dirname, `${name}.js`), [], {
      serviceName: `Assay ${name}`,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    workers.set(id, child)
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-stderrKept)
    })
    child.on('message', (message: unknown) => tell({ kind: 'worker:message', id, message }))
    child.once('exit', (code) => {
      workers.delete(id)
      tell({ kind: 'worker:exit', id, how: `exit code ${code}`, stderr })
    })
  }
  return {
    receive(data) {
      const request = relayRequest.safeParse(data).data
      if (request === undefined) return false
      if (request.kind === 'worker:start') start(request.id, request.worker)
      else if (request.kind === 'worker:send') workers.get(request.id)?.postMessage(request.message)
      else endNow(workers.get(request.id))
      return true
    },
    end() {
      for (const worker of workers.values()) endNow(worker)
    },
  }
}

/** `kill()` asks politely on Linux and macOS, and llama.cpp at work does not listen. */
function endNow(child: UtilityProcess | undefined): void {
  if (child === undefined) return
  if (child.pid === undefined) return void child.once('spawn', () => endNow(child))
  try {
    process.kill(child.pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
