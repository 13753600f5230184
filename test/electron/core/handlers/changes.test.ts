import { describe, expect, it } from 'vitest'
import type { LabContract } from '#shared/contract/contract.ts'
import type { Handlers } from '#shared/contract/wire-types.ts'
import { announceChanges, createChanges } from '../../../../electron/core/handlers/changes.ts'

const context = { signal: new AbortController().signal }
const announced = (handlers: object, changes: ReturnType<typeof createChanges>) =>
  announceChanges(handlers as Handlers<LabContract>, changes)

function watched() {
  const changes = createChanges()
  const stop = new AbortController()
  const reader = changes.watch(stop.signal)[Symbol.asyncIterator]()
  return { changes, stop, next: () => reader.next() }
}

describe('what calls change', () => {
  it('is told to whoever watches, whether the call ended well or not', async () => {
    const { changes, next } = watched()
    const first = next()
    const handlers = announced(
      {
        'suites.save': async () => 'kept',
        'variants.delete': async () => {
          throw new Error('busy')
        },
      },
      changes,
    )
    expect(await handlers['suites.save']({} as never, context)).toBe('kept')
    expect(await first).toEqual({ value: ['suites'], done: false })
    const second = next()
    await expect(handlers['variants.delete']({} as never, context)).rejects.toThrow('busy')
    expect(await second).toEqual({ value: ['variants'], done: false })
  })

  it('is told once a stream has ended, or was left', async () => {
    const { changes, next } = watched()
    const handlers = announced(
      {
        async *'variants.pull'() {
          yield 1
          yield 2
        },
      },
      changes,
    )
    const first = next()
    for await (const item of handlers['variants.pull']({} as never, context)) {
      void item
      break
    }
    expect(await first).toEqual({ value: ['variants'], done: false })
  })

  it('comes in one item to a slow reader, each thing once', async () => {
    const { changes, next, stop } = watched()
    const first = next()
    changes.tell(['settings'])
    await first
    for (let n = 0; n < 1000; n++) changes.tell([n % 2 === 0 ? 'suites' : 'runs'])
    expect(await next()).toEqual({ value: ['suites', 'runs'], done: false })
    const last = next()
    stop.abort()
    expect(await last).toEqual({ value: undefined, done: true })
  })
})
