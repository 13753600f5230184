import { callKinds } from '#shared/contract/call-kinds.ts'
import { makeClient } from '#shared/contract/client.ts'
import type { LabClient, LabContract } from '#shared/contract/contract.ts'
import type { CallOptions } from '#shared/contract/wire-types.ts'
import { LabError } from '#shared/domain/error.ts'
import { Refused, type Transport } from './connection.ts'

/** `refused`: the lab answers, but not this page. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

/** The page's one client of the lab. It survives sleep and a restart of the lab: calls wait while the way is being mended. */
export interface LabConnection {
  readonly client: LabClient
  readonly state: () => ConnectionState
  /** Called with every new state; returns the function that ends it. After `open`, whoever watches has to ask anew. */
  subscribe(listener: (state: ConnectionState) => void): () => void
  close(): void
}

/** A call gives up when the lab has not come back within this time. */
const patienceMs = 20_000
const retryMs = [250, 500, 1000, 2000, 4000]

export function connectLab(transport: Transport): LabConnection {
  const listeners = new Set<(state: ConnectionState) => void>()
  let state: ConnectionState = 'connecting'
  let current: Promise<LabClient> = new Promise(() => {})
  let closed = false

  const tell = (next: ConnectionState) => {
    state = next
    for (const listener of listeners) listener(next)
  }
  const openClient = async (): Promise<LabClient> => {
    for (let attempt = 0; !closed; attempt++) {
      try {
        const channel = await transport.open()
        channel.onClose(() => {
          if (closed) return
          tell('lost')
          // At once would be in a circle where a host opens ways and closes them again.
          current = pause(0).then(openClient)
        })
        const client = makeClient<LabContract>(callKinds, channel)
        queueMicrotask(() => tell('open'))
        return client
      } catch (error) {
        const next = error instanceof Refused ? 'refused' : state === 'connecting' ? state : 'lost'
        if (next !== state) tell(next)
        await pause(attempt)
      }
    }
    return new Promise(() => {})
  }
  current = openClient()
  return {
    client: waitingClient(() => current),
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      closed = true
      listeners.clear()
    },
  }
}

const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, retryMs[Math.min(attempt, retryMs.length - 1)]))

type AnyCall = (input: unknown, options?: CallOptions) => Promise<unknown>
type AnyStream = (input: unknown, options?: CallOptions) => AsyncGenerator<unknown, void, void>

/** A client whose calls wait for a connection. */
function waitingClient(current: () => Promise<LabClient>): LabClient {
  const entries = Object.entries(callKinds).map(([name, { kind }]) => {
    const call = async (input: unknown, options?: CallOptions) => {
      const client = await patiently(current())
      return (client[name as keyof LabClient] as AnyCall)(input, options)
    }
    const stream = async function* (input: unknown, options?: CallOptions) {
      const client = await patiently(current())
      yield* (client[name as keyof LabClient] as AnyStream)(input, options)
    }
    return [name, kind === 'call' ? call : stream]
  })
  return Object.fromEntries(entries) as LabClient
}

function patiently(client: Promise<LabClient>): Promise<LabClient> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new LabError('CLOSED', 'The lab does not answer.', {
          hint: 'See whether it still runs. In a browser, open the address that it printed last.',
        }),
      )
    }, patienceMs)
    void client.then((open) => {
      clearTimeout(timer)
      resolve(open)
    })
  })
}
