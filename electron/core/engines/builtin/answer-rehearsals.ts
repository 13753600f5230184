import childProcess from 'node:child_process'
import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'

/** What node-llama-cpp asks its rehearsal, and what a good one answers. */
const answers: Readonly<Record<string, string>> = { start: 'loaded', test: 'done' }

/**
 * node-llama-cpp first loads its binary in a further process, because a wrong one takes a process down. The worker is
 * such a process itself, and below Electron there is no further one to be had: `child_process.fork` needs the runAsNode
 * fuse. So rehearsals are answered here, and a wrong binary ends the worker, which its parent reports.
 * Has to run before node-llama-cpp is imported.
 */
export function answerRehearsals(): void {
  childProcess.fork = (() => new Rehearsal()) as unknown as typeof childProcess.fork
  syncBuiltinESMExports()
}

class Rehearsal extends EventEmitter {
  readonly killed = false
  exitCode: number | null = null

  constructor() {
    super()
    setImmediate(() => this.emit('message', { type: 'ready' }))
  }

  send({ type }: { readonly type: string }): void {
    setImmediate(() => {
      if (type === 'exit') this.kill()
      else this.emit('message', { type: answers[type] })
    })
  }

  kill(): void {
    if (this.exitCode !== null) return
    this.exitCode = 0
    this.emit('exit', 0)
  }
}
