import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'
import { hostWorkers } from './host-workers.ts'
import { labFailure, type LabFailure } from './worker-relay.ts'

/** Restarts within the window after which the lab is left down: something is wrong that a restart does not mend. */
const maxRestarts = 3
const restartWindowMs = 60_000
/** A lab that closes stores its cells first; it gets this long. */
const closeMs = 5000

export interface LabExit {
  readonly code: number
  /** It will not be started again. */
  readonly final: boolean
  /** Why it did not open, where it said so. */
  readonly failure: LabFailure | null
}

export interface LabLink {
  /** Gives a port to the lab: now, or as soon as it runs again. */
  connect(port: MessagePortMain): void
  /** A port for the main process's own use. */
  open(): MessagePortMain
  /** Resolves when the lab has closed its store and is gone. */
  close(): Promise<void>
}

export interface LabLinkOptions {
  readonly log: Writable
  readonly env: NodeJS.ProcessEnv
  readonly onExit: (exit: LabExit) => void
  /** It runs, for the first time or again. */
  readonly onStart: () => void
}

/** Keeps the lab's process alive: SQLite, parsing and inference never stall the window, and a crash there is not ours. */
export function startLab({ log, env, onExit, onStart }: LabLinkOptions): LabLink {
  const crashes: number[] = []
  const waiting: MessagePortMain[] = []
  let closing = false
  let down = false
  let child: UtilityProcess | null = null

  const mayRestart = (failure: LabFailure | null): boolean => {
    const now = Date.now()
    crashes.push(now)
    return failure === null && crashes.filter((at) => now - at < restartWindowMs).length <= maxRestarts
  }
  const start = () => {
    const lab = forkLab(env, log, (code, failure) => {
      child = null
      if (closing) return
      down = !mayRestart(failure)
      if (down) for (const port of waiting.splice(0)) port.close()
      onExit({ code, final: down, failure })
      if (!down) start()
    })
    child = lab
    lab.once('spawn', () => {
      for (const port of waiting.splice(0)) lab.postMessage('assay:port', [port])
      onStart()
    })
  }
  const connect = (port: MessagePortMain) => {
    if (down) port.close()
    else if (child?.pid === undefined) waiting.push(port)
    else child.postMessage('assay:port', [port])
  }
  start()
  return {
    connect,
    open() {
      const { port1, port2 } = new MessageChannelMain()
      connect(port2)
      return port1
    },
    async close() {
      closing = true
      if (child !== null) await closeLab(child)
    },
  }
}

function forkLab(
  env: NodeJS.ProcessEnv,
  log: Writable,
  onEnd: (code: number, failure: LabFailure | null) => void,
): UtilityProcess {
  const lab = utilityProcess.fork(join(import.meta.dirname, 'lab-process.js'), [], {
    serviceName: 'Assay lab',
    stdio: 'pipe',
    env,
  })
  const workers = hostWorkers((event) => lab.postMessage(event))
  let failure: LabFailure | null = null
  lab.stdout?.pipe(log, { end: false })
  lab.stderr?.pipe(log, { end: false })
  lab.on('message', (data: unknown) => {
    if (!workers.receive(data)) failure = labFailure.safeParse(data).data ?? failure
  })
  lab.once('exit', (code) => {
    workers.end()
    onEnd(code, failure)
  })
  return lab
}

function closeLab(lab: UtilityProcess): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      lab.kill()
      resolve()
    }, closeMs)
    lab.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    lab.postMessage('assay:close')
  })
}
