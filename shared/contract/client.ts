import { errorCodes, LabError, type ErrorCode, type ErrorInfo } from '../domain/error.ts'
import {
  streamWindow,
  type CallOptions,
  type Channel,
  type Client,
  type ContractShape,
  type Down,
} from './wire-types.ts'

/** Makes a LabError again of what crossed the wire. */
export function toLabError(info: ErrorInfo): LabError {
  const code: ErrorCode = (errorCodes as readonly string[]).includes(info.code) ? info.code : 'INTERNAL'
  return new LabError(code, info.message, {
    ...(info.hint === null ? {} : { hint: info.hint }),
    ...(info.data === undefined ? {} : { data: info.data }),
  })
}

const closedError: ErrorInfo = {
  code: 'CLOSED',
  message: 'The connection to the lab was closed.',
  hint: 'It is made again by itself as soon as the lab answers.',
}

/** All that a client needs of a contract: the page has no schemas. */
type Kinds<C extends ContractShape> = { readonly [N in keyof C]: Pick<C[N], 'kind'> }

/** A contract's client over a channel. Calls reject and streams throw with LabErrors. */
export function makeClient<C extends ContractShape>(contract: C | Kinds<C>, channel: Channel): Client<C> {
  const link = new Link(channel)
  const entries = Object.entries(contract).map(([name, definition]) => [
    name,
    definition.kind === 'call'
      ? (input: unknown, options: CallOptions = {}) => link.call(name, input, options.signal)
      : (input: unknown, options: CallOptions = {}) => link.stream(name, input, options.signal),
  ])
  return Object.fromEntries(entries) as Client<C>
}

/** One connection's open requests. */
class Link {
  readonly #channel: Channel
  readonly #open = new Map<number, (message: Down) => void>()
  #nextId = 1
  #closed = false

  constructor(channel: Channel) {
    this.#channel = channel
    channel.onMessage((raw) => {
      const message = raw as Down
      this.#open.get(message.id)?.(message)
    })
    channel.onClose(() => {
      this.#closed = true
      for (const [id, listener] of this.#open) listener({ id, error: closedError })
      this.#open.clear()
    })
  }

  #start(call: string, input: unknown, listener: (message: Down) => void): number {
    if (this.#closed) throw toLabError(closedError)
    const id = this.#nextId++
    this.#open.set(id, listener)
    this.#channel.send({ id, call, input })
    return id
  }

  #cancel(id: number): void {
    if (this.#open.delete(id) && !this.#closed) this.#channel.send({ id, cancel: true })
  }

  call(name: string, input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const abort = () => {
        this.#cancel(id)
        reject(signal?.reason as Error)
      }
      const id = this.#start(name, input, (message) => {
        this.#open.delete(id)
        signal?.removeEventListener('abort', abort)
        if ('ok' in message) resolve(message.ok)
        else if ('error' in message) reject(toLabError(message.error))
      })
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  async *stream(name: string, input: unknown, signal: AbortSignal | undefined): AsyncGenerator<unknown, void, void> {
    signal?.throwIfAborted()
    const queue: Down[] = []
    let wake = () => {}
    const stop = () => wake()
    const id = this.#start(name, input, (message) => {
      queue.push(message)
      wake()
    })
    signal?.addEventListener('abort', stop, { once: true })
    let taken = 0
    try {
      for (;;) {
        signal?.throwIfAborted()
        const message = queue.shift()
        if (message === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        } else if ('item' in message) {
          taken += 1
          if (taken === streamWindow / 2) {
            this.#channel.send({ id, credit: taken })
            taken = 0
          }
          yield message.item
        } else if ('error' in message) {
          throw toLabError(message.error)
        } else {
          return
        }
      }
    } finally {
      signal?.removeEventListener('abort', stop)
      this.#cancel(id)
    }
  }
}
