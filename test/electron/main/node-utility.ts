import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { basename, join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { forkOptions, workerFile } from '#core/workers/fork-worker.ts'
import type { WorkerName } from '#core/workers/worker-process.ts'

/** What crosses between the stand-in below and `utility-shim.ts`. */
export type Packet =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }

/**
 * Electron's `utilityProcess` played by Node: real processes, real messages, the same limits (a process has a `parentPort`
 * and no way to fork). What it cannot show is Electron's own transport.
 */
export class NodeUtility extends EventEmitter {
  static readonly all: NodeUtility[] = []
  readonly name: string
  readonly child: ChildProcess
  readonly stdout
  readonly stderr
  pid: number | undefined
  #ports: MessagePort[] = []

  static fork(file: string, _args: readonly string[], { env = process.env }: { env?: NodeJS.ProcessEnv } = {}) {
    return new NodeUtility(file, env)
  }

  constructor(file: string, env: NodeJS.ProcessEnv) {
    super()
    NodeUtility.all.push(this)
    this.name = basename(file, '.js')
    const shim = join(import.meta.dirname, 'utility-shim.ts')
    const source =
      this.name === 'lab-process'
        ? join(import.meta.dirname, '../../../electron/main/lab-process.ts')
        : workerFile(this.name as WorkerName)
    this.child = fork(source, [], {
      ...forkOptions,
      env,
      execArgv: ['--import', shim],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.stdout = this.child.stdout
    this.stderr = this.child.stderr
    this.child.once('spawn', () => {
      this.pid = this.child.pid
      this.emit('spawn')
    })
    this.child.on('message', (packet: Packet) => {
      if (packet.kind === 'message') this.emit('message', packet.data)
      else this.#ports[packet.port]?.postMessage(packet.data)
    })
    this.child.once('exit', (code, signal) => {
      this.pid = undefined
      for (const port of this.#ports) port.close()
      this.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 1))
    })
  }

  postMessage(data: unknown, ports: readonly MessagePort[] = []): void {
    const ids = ports.map((port) => {
      const id = this.#ports.push(port) - 1
      port.on('message', (sent: unknown) => this.#send({ kind: 'port', port: id, data: sent }))
      return id
    })
    this.#send({ kind: 'message', data, ports: ids })
  }

  kill(): boolean {
    return this.child.kill()
  }

  #send(packet: Packet): void {
    if (this.child.connected) this.child.send(packet as object, () => {})
  }
}
