import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'

/** Starts in a row after which the lab is left down: something is wrong that a restart does not mend. */
const maxRestarts = 3
const restartWindowMs = 60_000

export interface LabLink {
  /** Gives a port to the lab, now or as soon as it runs again. */
  connect(port: MessagePortMain): void
  /** A port for the main process's own use. */
  open(): MessagePortMain
  close(): void
}

export interface LabLinkOptions {
  readonly logPath: string
  /** The process is gone. `final`: it will not be started again. */
  readonly onCrash: (exit: { readonly code: number; readonly final: boolean }) => void
  /** It runs, for the first time or again. */
  readonly onStart: () => void
}

/** Keeps the lab's process alive: SQLite, parsing and inference never stall the window, and a crash there is not ours. */
export function startLab(options: LabLinkOptions): LabLink {
  const log = createWriteStream(options.logPath, { flags: 'a' })
  const crashes: number[] = []
  let closing = false
  let child: UtilityProcess | null = null

  const start = () => {
    child = utilityProcess.fork(join(import.meta.dirname, 'lab-process.js'), [], {
      serviceName: 'Assay lab',
      stdio: 'pipe',
    })
    child.stdout?.pipe(log, { end: false })
    child.stderr?.pipe(log, { end: false })
    child.once('spawn', options.onStart)
    child.once('exit', (code) => {
      child = null
      if (closing) return
      const now = Date.now()
      crashes.push(now)
      const final = crashes.filter((at) => now - at < restartWindowMs).length > maxRestarts
      options.onCrash({ code, final })
      if (!final) start()
    })
  }
  start()
  return {
    connect: (port) => (child === null ? port.close() : child.postMessage('assay:port', [port])),
    open() {
      const { port1, port2 } = new MessageChannelMain()
      if (child === null) port2.close()
      else child.postMessage('assay:port', [port2])
      return port1
    },
    close() {
      closing = true
      child?.postMessage('assay:close')
    },
  }
}
