import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import * as z from 'zod'
import { portChannel, socketChannel } from '#shared/contract/channel.ts'
import { makeClient } from '#shared/contract/client.ts'
import { serve } from '#shared/contract/serve.ts'
import { call, stream, type Channel, type Client, type Handlers } from '#shared/contract/wire-types.ts'
import { LabError } from '#shared/domain/error.ts'
import { memoryChannels } from './memory-channels.ts'

const contract = {
  'sum.add': call<number>()(z.strictObject({ a: z.number(), b: z.number() })),
  'fail.known': call<null>()(z.strictObject({})),
  'fail.bug': call<null>()(z.strictObject({})),
  'wait.long': call<null>()(z.strictObject({})),
  'count.up': stream<number>()(z.strictObject({ to: z.int() })),
} as const

interface Seen {
  produced: number
  finished: boolean
  aborted: boolean
  bugs: unknown[]
}

function makeHandlers(seen: Seen): Handlers<typeof contract> {
  return {
    'sum.add': ({ a, b }) => a + b,
    'fail.known': () => {
      throw new LabError('CONFLICT', 'no', { hint: 'try later', data: { n: 1 } })
    },
    'fail.bug': () => {
      throw new TypeError('secret path /home/x')
    },
    'wait.long': (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          seen.aborted = true
          reject(new Error('aborted'))
        })
      }),
    'count.up': async function* ({ to }) {
      try {
        for (let i = 1; i <= to; i++) {
          seen.produced = i
          yield i
        }
      } finally {
        seen.finished = true
      }
    },
  }
}

const cleanup: (() => void)[] = []
afterEach(() => {
  for (const close of cleanup.splice(0)) close()
})

const transports: Record<string, () => Promise<[Channel, Channel, () => void]>> = {
  memory: async () => {
    const { near, far, close } = memoryChannels()
    return [near, far, close]
  },
  MessagePort: async () => {
    const { port1, port2 } = new MessageChannel()
    return [portChannel(port1 as never), portChannel(port2 as never), () => port1.close()]
  },
  WebSocket: async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await new Promise((resolve) => server.once('listening', resolve))
    const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve))
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`)
    const near = socketChannel(socket as never)
    const far = await accepted
    cleanup.push(() => server.close())
    return [near, socketChannel(far as never), () => far.terminate()]
  },
}

describe.each(Object.entries(transports))('the wire over %s', (_name, connect) => {
  async function open(): Promise<{
    client: Client<typeof contract>
    seen: Seen
    close: () => void
    far: Channel
    near: Channel
  }> {
    const seen: Seen = { produced: 0, finished: false, aborted: false, bugs: [] }
    const [near, far, close] = await connect()
    serve({ contract, handlers: makeHandlers(seen), channel: far, onBug: (error) => seen.bugs.push(error) })
    cleanup.push(close)
    return { client: makeClient(contract, near), seen, close, far, near }
  }

  it('answers a call', async () => {
    const { client } = await open()
    expect(await client['sum.add']({ a: 2, b: 3 })).toBe(5)
  })

  it('refuses an input that does not parse and says which field', async () => {
    const { client } = await open()
    const failure = client['sum.add']({ a: 2, b: 'x' } as never)
    await expect(failure).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('b') })
  })

  it.each(['__proto__', 'constructor', 'toString', 'no.such'])('knows no call named %s', async (name) => {
    const { near } = await open()
    const reply = new Promise((resolve) => near.onMessage(resolve))
    near.send({ id: 900, call: name, input: {} })
    expect(await reply).toMatchObject({ id: 900, error: { code: 'NOT_FOUND' } })
  })

  it('answers what it cannot read, where it says who waits', async () => {
    const { near, client } = await open()
    const answers: unknown[] = []
    near.onMessage((message) => answers.push(message))
    near.send({ id: 7001, call: 'x'.repeat(101), input: {} })
    near.send({ id: 7002, nonsense: true })
    near.send({ id: 7003, credit: 0 })
    near.send({ id: '7004', call: 'sum.add' })
    near.send([7005])
    expect(await client['sum.add']({ a: 1, b: 2 })).toBe(3)
    await expect.poll(() => answers.length).toBe(3)
    const refused = answers.filter((answer) => (answer as { error?: unknown }).error !== undefined)
    expect(refused).toMatchObject([7001, 7002].map((id) => ({ id, error: { code: 'BAD_REQUEST' } })))
  })

  it('never ends what is open because of a message that it cannot read', async () => {
    const { near, client, seen } = await open()
    const numbers: number[] = []
    for await (const n of client['count.up']({ to: 3 })) {
      near.send({ id: 1, call: 'x'.repeat(101), input: {} })
      numbers.push(n)
    }
    expect([numbers, seen.finished]).toEqual([[1, 2, 3], true])
  })

  it('lets calls beyond its many wait their turn, in order, and answers them all', async () => {
    const { client } = await open()
    const sums = await Promise.all(Array.from({ length: 200 }, (_, n) => client['sum.add']({ a: n, b: 1 })))
    expect(sums).toEqual(Array.from({ length: 200 }, (_, n) => n + 1))
  })

  it('carries code, hint and data of an expected error', async () => {
    const { client } = await open()
    await expect(client['fail.known']({})).rejects.toMatchObject({
      code: 'CONFLICT',
      hint: 'try later',
      data: { n: 1 },
    })
  })

  it('hides the text of a bug and reports it once', async () => {
    const { client, seen } = await open()
    const error = await client['fail.bug']({}).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'INTERNAL' })
    expect(JSON.stringify(error) + String(error)).not.toContain('secret')
    expect(seen.bugs).toHaveLength(1)
  })

  it('delivers a stream whole and in order', async () => {
    const { client } = await open()
    const got: number[] = []
    for await (const n of client['count.up']({ to: 1000 })) got.push(n)
    expect(got).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1))
  })

  it('does not run ahead of a reader that stops reading', async () => {
    const { client, seen } = await open()
    const items = client['count.up']({ to: 100_000 })
    for (let i = 0; i < 10; i++) await items.next()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(seen.produced).toBeLessThanOrEqual(66)
    await items.return()
    await expect.poll(() => seen.finished).toBe(true)
  })

  it('cancels a call on the serving side', async () => {
    const { client, seen } = await open()
    const controller = new AbortController()
    const pending = client['wait.long']({}, { signal: controller.signal as never })
    setTimeout(() => controller.abort(new LabError('CANCELLED', 'stop')), 20)
    await expect(pending).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect.poll(() => seen.aborted).toBe(true)
  })

  it('rejects what is open when the connection closes', async () => {
    const { client, close } = await open()
    const pending = client['wait.long']({})
    pending.catch(() => {})
    await client['sum.add']({ a: 1, b: 1 })
    close()
    await expect(pending).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(client['sum.add']({ a: 1, b: 1 })).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it.each([null, 7, 'x', [], { id: 'a', call: 'sum.add' }, { id: 1, credit: -5 }, { id: 2, cancel: false }])(
    'survives the malformed message %j',
    async (message) => {
      const { client, near } = await open()
      near.send(message)
      expect(await client['sum.add']({ a: 1, b: 1 })).toBe(2)
    },
  )
})
