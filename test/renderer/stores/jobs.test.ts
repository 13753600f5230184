import { describe, expect, it } from 'vitest'
import type { LabClient } from '#shared/contract/contract.ts'
import type { Progress } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { createAppStore } from '../../../renderer/stores/app-store.ts'
import { noPace, pace } from '../../../renderer/stores/pace.ts'

type Send = { readonly progress: Progress } | { readonly fail: LabError } | { readonly end: true }

/** A lab of which only these calls are made. Each pull is fed by hand, by the name of its tag. */
function lab() {
  const inputs: unknown[] = []
  const feeds = new Map<string, (send: Send) => void>()
  let lists = 0
  const client = {
    'variants.list': () => Promise.resolve((lists += 1)),
    async *'variants.pull'(input: { name: string }, { signal }: { signal: AbortSignal }) {
      inputs.push(input)
      const queue: Send[] = []
      let wake = () => {}
      feeds.set(input.name, (send) => {
        queue.push(send)
        wake()
      })
      signal.addEventListener('abort', () => wake())
      for (;;) {
        const next = queue.shift()
        if (signal.aborted) throw new LabError('CANCELLED', 'The action was cancelled.')
        if (next === undefined) await new Promise<void>((resolve) => (wake = resolve))
        else if ('fail' in next) throw next.fail
        else if ('end' in next) return
        else yield next.progress
      }
    },
  } as unknown as LabClient
  return { client, inputs, lists: () => lists, feed: (name: string, send: Send) => feeds.get(name)?.(send) }
}

function open() {
  const fake = lab()
  let atMs = 0
  const store = createAppStore(
    fake.client,
    (callback) => callback(),
    () => atMs,
  )
  const pull = (name: string) => store.getState().startJob({ kind: 'pull', endpoint: 'ollama', name })
  const job = (id: number) => store.getState().jobs.find((each) => each.id === id)
  const wait = (ms: number) => (atMs += ms)
  return { ...fake, store, pull, job, wait }
}

const at = (doneBytes: number, totalBytes: number | null, step = 'pulling'): Send => ({
  progress: { step, doneBytes, totalBytes },
})
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('a pull', () => {
  it('never shows less than before, whether bytes fall or the total grows', async () => {
    const { pull, job, feed } = open()
    const id = pull('a')
    const shown: (number | null)[] = []
    for (const send of [
      at(0, null),
      at(60, 100),
      at(40, 100),
      at(100, 100),
      at(100, 400),
      at(150, 400),
      at(360, 400),
    ]) {
      feed('a', send)
      await settled()
      shown.push(job(id)?.share ?? null)
    }
    expect(shown).toEqual([null, 0.6, 0.6, 1, 1, 1, 1])
    expect(job(id)).toMatchObject({ doneBytes: 360, totalBytes: 400, state: 'running' })
  })

  it('that fails keeps the engine’s word and what came, and goes on from there in the same place', async () => {
    const { store, pull, job, feed, inputs } = open()
    const first = pull('a')
    pull('b')
    feed('a', at(56, 100))
    await settled()
    feed('a', { fail: new LabError('ENGINE_FAILED', 'Ollama says: no such host', { hint: 'Check the network.' }) })
    await settled()
    expect(job(first)).toMatchObject({
      state: 'failed',
      doneBytes: 56,
      error: { message: 'Ollama says: no such host', hint: 'Check the network.' },
    })
    const again = pull('a')
    expect(store.getState().jobs.map(({ id }) => id)).toEqual([2, again])
    expect(job(again)).toMatchObject({ state: 'running', doneBytes: 56, share: 0.56, error: null })
    feed('a', at(0, null, 'pulling manifest'))
    await settled()
    expect(job(again)?.share).toBe(0.56)
    expect(inputs).toHaveLength(3)
  })

  it('that runs is not started twice, and runs beside others', async () => {
    const { store, pull, inputs } = open()
    expect(pull('a')).toBe(pull('a'))
    pull('b')
    await settled()
    expect(inputs).toEqual([
      { endpoint: 'ollama', name: 'a' },
      { endpoint: 'ollama', name: 'b' },
    ])
    expect(store.getState().jobs).toHaveLength(2)
  })

  it('that is cancelled is no failure, and can be forgotten once it has ended', async () => {
    const { store, pull, job } = open()
    const id = pull('a')
    await settled()
    store.getState().dismissJob(id)
    expect(job(id)?.state).toBe('running')
    store.getState().cancelJob(id)
    await settled()
    expect(job(id)).toMatchObject({ state: 'cancelled', error: null })
    store.getState().dismissJob(id)
    expect(store.getState().jobs).toEqual([])
  })

  it('that ends has the list of variants asked for anew', async () => {
    const { store, pull, job, feed, lists } = open()
    store.show('variants.list {"refresh":false}')
    store.getState().ask('variants.list', { refresh: false })
    const id = pull('a')
    await settled()
    feed('a', { end: true })
    await expect.poll(lists).toBe(2)
    expect(job(id)).toMatchObject({ state: 'done', share: 1 })
  })
})

describe('the pace', () => {
  it('leaves out what was there at the first look', () => {
    const first = pace(noPace, { atMs: 0, doneBytes: 900, totalBytes: 1000 })
    expect(first).toMatchObject({ bytesPerSecond: null, secondsLeft: null })
    expect(pace(first, { atMs: 4000, doneBytes: 940, totalBytes: 1000 })).toMatchObject({
      bytesPerSecond: 10,
      secondsLeft: 6,
    })
  })

  it('forgets what is long past, so that a stall shows', () => {
    const looks = [0, 5000, 10_000, 20_000, 30_000].map((atMs) => ({ atMs, doneBytes: Math.min(atMs / 10, 1000) }))
    const last = looks.reduce((before, look) => pace(before, { ...look, totalBytes: 2000 }), noPace)
    expect(last).toMatchObject({ bytesPerSecond: 0, secondsLeft: null })
  })
})
