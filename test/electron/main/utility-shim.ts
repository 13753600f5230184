// Gives a plain Node process what Electron's utility process has, `process.parentPort` with ports that arrive in messages, and
// takes from it what that one has not: a way to fork.
import childProcess from 'node:child_process'
import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import type { Packet } from './node-utility.ts'

/** A port whose other end is in the parent; everything goes through the one channel to it. */
class FarPort extends EventEmitter {
  readonly id: number
  #waiting: unknown[] | null = []
  constructor(id: number) {
    super()
    this.id = id
  }
  receive(data: unknown): void {
    if (this.#waiting === null) this.emit('message', { data })
    else this.#waiting.push(data)
  }
  postMessage(data: unknown): void {
    process.send?.({ kind: 'port', port: this.id, data } satisfies Packet)
  }
  start(): void {
    const waited = this.#waiting ?? []
    this.#waiting = null
    for (const data of waited) this.emit('message', { data })
  }
}

const ports = new Map<number, FarPort>()
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown) => process.send?.({ kind: 'message', data, ports: [] } satisfies Packet),
})
const open = (id: number): FarPort => {
  const port = new FarPort(id)
  ports.set(id, port)
  return port
}
/** As in Electron, messages wait for the first listener. */
const early: Packet[] = []
const receive = (packet: Packet) => {
  if (packet.kind === 'port') ports.get(packet.port)?.receive(packet.data)
  else parentPort.emit('message', { data: packet.data, ports: packet.ports.map(open) })
}
process.on('message', (packet: Packet) => {
  if (parentPort.listenerCount('message') === 0) early.push(packet)
  else receive(packet)
})
parentPort.on('newListener', (name) => {
  if (name === 'message') setImmediate(() => early.splice(0).forEach(receive))
})
process.on('disconnect', () => process.exit())
Object.assign(process, { parentPort })
childProcess.fork = () => {
  throw new Error('nothing can be forked in a utility process')
}
syncBuiltinESMExports()
