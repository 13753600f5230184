import { describe, expect, it } from 'vitest'
import type { LabClient } from '#shared/contract/contract.ts'
import { createAppStore } from '../../../renderer/stores/app-store.ts'
import { queryKey } from '../../../renderer/stores/query-slice.ts'

type Reply = (list: readonly { readonly id: number }[]) => void

/** A lab that answers `runs.list` when the test says so. */
function openStore() {
  const waiting: Reply[] = []
  const lab = { 'runs.list': () => new Promise<unknown>((resolve) => waiting.push(resolve)) } as unknown as LabClient
  const store = createAppStore(lab, (callback) => callback())
  const key = queryKey('runs.list', {})
  const answer = () => store.getState().answers.get(key)
  const reply = async (index: number, id: number) => {
    waiting[index]?.([{ id }])
    await new Promise((resolve) => setTimeout(resolve))
  }
  const ask = () => store.getState().ask('runs.list', {})
  const invalidate = () => store.getState().invalidate((name) => name === 'runs.list')
  return { store, key, answer, reply, ask, invalidate, asked: () => waiting.length }
}

describe('an answer of the lab', () => {
  it('is asked for once, however many show it', async () => {
    const { ask, answer, reply, asked } = openStore()
    ask()
    ask()
    expect(asked()).toBe(1)
    await reply(0, 1)
    expect(answer()).toEqual({ status: 'ready', data: [{ id: 1 }], stale: false })
  })

  it('is not put in the place of a newer one that came first', async () => {
    const { store, key, ask, answer, reply, invalidate } = openStore()
    store.show(key)
    ask()
    invalidate()
    await reply(1, 2)
    await reply(0, 1)
    expect(answer()).toEqual({ status: 'ready', data: [{ id: 2 }], stale: false })
  })

  it('is shown as old while a newer one is on its way', async () => {
    const { store, key, ask, answer, reply, invalidate } = openStore()
    store.show(key)
    ask()
    invalidate()
    await reply(0, 1)
    expect(answer()).toEqual({ status: 'ready', data: [{ id: 1 }], stale: true })
    await reply(1, 2)
    expect(answer()).toEqual({ status: 'ready', data: [{ id: 2 }], stale: false })
  })

  it('does not come back after its question was forgotten, so that the next one to ask gets a new one', async () => {
    const { store, key, ask, answer, reply, invalidate, asked } = openStore()
    const hide = store.show(key)
    ask()
    hide()
    invalidate()
    await reply(0, 1)
    expect(answer()).toBeUndefined()
    store.show(key)
    ask()
    expect(asked()).toBe(2)
    await reply(1, 2)
    invalidate()
    expect(asked()).toBe(3)
  })
})
