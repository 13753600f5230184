import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '#shared/domain/run.ts'
import { LabError } from '#shared/domain/error.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { openHost, openPage, openSocket } from './browser-host.ts'

const info = { 'lab.info': () => Promise.resolve({ version: '0.1.0' }) }

/** A run that never ends, as fast as it is read. */
function endlessRun() {
  const seen = { yielded: 0, ended: 0 }
  const handlers = {
    ...info,
    async *'runs.watch'(_input: unknown, { signal }: { signal: AbortSignal }) {
      try {
        while (!signal.aborted) {
          seen.yielded += 1
          yield { kind: 'progress', run: 1, n: seen.yielded, text: 'x'.repeat(10_000) } as unknown as RunEvent
          await sleep(0)
        }
      } finally {
        seen.ended += 1
      }
    },
  }
  return { seen, handlers }
}

describe('a page', () => {
  it('that reads slowly makes the lab wait, not queue', async () => {
    const { seen, handlers } = endlessRun()
    const { server } = await openHost(tempFolder(), handlers)
    const { client } = await openPage(server)
    let read = 0
    for await (const event of client['runs.watch']({ run: 1 })) {
      expect(event.kind).toBe('progress')
      if (++read === 3) await sleep(400) // time enough for hundreds
      if (read === 5) break
    }
    expect(seen.yielded).toBeLessThan(read + 200)
    await expect.poll(() => seen.ended).toBe(1)
  })

  it('that reads nothing has no more answers made for it than it may leave waiting', async () => {
    const seen = { asked: 0 }
    const megabyte = 'x'.repeat(2 ** 20)
    const { server } = await openHost(tempFolder(), {
      'lab.info': () => {
        seen.asked += 1
        return Promise.resolve({ version: `${seen.asked} ${megabyte}` })
      },
    })
    const { client, socket } = await openPage(server)
    socket.pause()
    const answers = Array.from({ length: 200 }, () => client['lab.info']({}))
    await expect.poll(() => seen.asked).toBeGreaterThan(4)
    // What the sockets of both sides hold, what may wait, and what is at work.
    await sleep(300)
    expect(seen.asked).toBeLessThan(100)
    socket.resume()
    expect((await Promise.all(answers)).map(({ version }) => Number.parseInt(version, 10))).toHaveLength(200)
    expect(seen.asked).toBe(200)
  })

  it('that goes away ends its streams in the lab', async () => {
    const { seen, handlers } = endlessRun()
    const { server } = await openHost(tempFolder(), handlers)
    const { client, socket } = await openPage(server)
    const reading = (async () => {
      for await (const event of client['runs.watch']({ run: 1 })) void event
    })()
    await expect.poll(() => seen.yielded).toBeGreaterThan(2)
    socket.terminate()
    await expect(reading).rejects.toMatchObject({ code: 'CLOSED' })
    await expect.poll(() => seen.ended).toBe(1)
  })

  it('and another one see the same run, each at its own pace', async () => {
    const { seen, handlers } = endlessRun()
    const { server } = await openHost(tempFolder(), handlers)
    const pages = [await openPage(server), await openPage(server)]
    const counts = await Promise.all(
      pages.map(async ({ client }) => {
        let read = 0
        for await (const event of client['runs.watch']({ run: 1 })) if (event !== undefined && ++read === 20) break
        return read
      }),
    )
    expect(counts).toEqual([20, 20])
    await expect.poll(() => seen.ended).toBe(2)
  })

  it('learns of an expected failure with its code and what to do next', async () => {
    const failing = {
      'lab.info': () => Promise.reject(new LabError('STORE_LOCKED', 'Another lab has it open.', { hint: 'Close it.' })),
    }
    const { server, bugs } = await openHost(tempFolder(), failing)
    const { client } = await openPage(server)
    await expect(client['lab.info']({})).rejects.toMatchObject({ code: 'STORE_LOCKED', hint: 'Close it.' })
    expect(bugs).toEqual([])
  })

  it('learns nothing of a bug but that there was one', async () => {
    const { server, bugs } = await openHost(tempFolder(), {
      'lab.info': () => Promise.reject(new Error('/home/me/secret')),
    })
    const { client } = await openPage(server)
    const error: unknown = await client['lab.info']({}).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'INTERNAL' })
    expect(JSON.stringify(error) + String(error)).not.toContain('secret')
    expect(bugs).toHaveLength(1)
  })
})

describe('frames that are no messages', () => {
  it('are survived, whatever they hold, and the same connection still answers', async () => {
    const { server, bugs } = await openHost(tempFolder(), info)
    const { client, socket } = await openPage(server)
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.uint8Array({ maxLength: 300 }),
      fc
        .record({
          // The first call below has the id 1: a frame that takes it would be refused in its name.
          id: fc.anything().filter((id) => id !== 1),
          kind: fc.constantFrom('call', 'credit', 'abort', 'result', '__proto__'),
          name: fc.string(),
          input: fc.json(),
        })
        .map((value) => JSON.stringify(value) ?? 'null'),
    )
    for (const frame of fc.sample(anything, { numRuns: 400, seed: 20_261_123 })) socket.send(frame)
    expect(await client['lab.info']({})).toMatchObject({ version: '0.1.0' })
    expect(bugs).toEqual([])
  })

  it('that are larger than any suite end their connection, and only theirs', async () => {
    const { server } = await openHost(tempFolder(), info)
    const other = await openPage(server)
    const socket = await openSocket(server)
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    socket.on('error', () => {})
    socket.send(Buffer.alloc(81 * 1024 * 1024, 97))
    expect(await closed).toBeGreaterThan(0)
    expect(await other.client['lab.info']({})).toMatchObject({ version: '0.1.0' })
  })

  it('cut off in the middle are survived too', async () => {
    const { server } = await openHost(tempFolder(), info)
    const { client } = await openPage(server)
    const broken = await openSocket(server)
    const closed = new Promise((resolve) => broken.once('close', resolve))
    broken.on('error', () => {})
    ;(broken as unknown as { _socket: { end(data: Uint8Array): void } })._socket.end(new Uint8Array([0x81, 0xfe, 0x10]))
    await closed
    expect(await client['lab.info']({})).toMatchObject({ version: '0.1.0' })
  })
})

describe('the server', () => {
  it('closes at once, open pages or not', async () => {
    const { handlers } = endlessRun()
    const { server } = await openHost(tempFolder(), handlers)
    const { socket } = await openPage(server)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await server.close()
    await closed
    await expect(openSocket(server)).rejects.toThrow(/ECONNREFUSED/)
  })
})
