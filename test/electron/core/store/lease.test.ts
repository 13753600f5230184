import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, it } from 'vitest'
import { runId } from '#shared/domain/ids.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/store.ts'
import { addRun } from './store-fixtures.ts'
import { tempStore } from './temp-store.ts'

let store: Store
beforeEach(() => {
  store = tempStore()
})

describe('a lease', () => {
  it('belongs to one owner until it lapses or is given back', () => {
    const run = addRun(store, { prompts: 1 })
    const { runs } = store
    expect(runs.lease(run)).toBeNull()
    expect(runs.takeLease(run, 'a', 1000, 100)).toBe(true)
    expect(runs.takeLease(run, 'a', 1010, 100)).toBe(true)
    expect(runs.takeLease(run, 'b', 1109, 100)).toBe(false)
    expect(runs.lease(run)).toEqual({ owner: 'a', expiresAtMs: 1110 })
    runs.releaseLease(run, 'b')
    expect(runs.takeLease(run, 'b', 1109, 100)).toBe(false)
    expect(runs.takeLease(run, 'b', 1110, 100)).toBe(true)
    expect(runs.renewLease(run, 'a', 1111, 100)).toBe(false)
    expect(runs.renewLease(run, 'b', 1200, 100)).toBe(true)
    expect(runs.lease(run)).toEqual({ owner: 'b', expiresAtMs: 1300 })
    runs.releaseLease(run, 'b')
    expect(runs.lease(run)).toBeNull()
    expect(runs.renewLease(run, 'b', 1201, 100)).toBe(false)
  })

  it('that has lapsed can still be renewed while nobody else has taken it', () => {
    const run = addRun(store, { prompts: 1 })
    store.runs.takeLease(run, 'a', 1000, 100)
    expect(store.runs.renewLease(run, 'a', 9000, 100)).toBe(true)
  })

  it('is refused for a run that is not there', () => {
    expect(() => store.runs.takeLease(runId(7), 'a', 0, 1)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  it('goes to exactly one of two processes that try at the same moments', async () => {
    const runs = Array.from({ length: 200 }, () => addRun(store, { prompts: 1 }))
    const script = join(import.meta.dirname, 'children/take-leases.ts')
    const children = ['a', 'b'].map((owner) =>
      spawn(process.execPath, [script, store.path, owner], { stdio: ['pipe', 'pipe', 'inherit'] }),
    )
    await Promise.all(children.map((child) => once(child.stdout, 'data')))
    const startAtMs = String(Date.now() + 50)
    for (const child of children) child.stdin.write(startAtMs)
    const got = await Promise.all(children.map(({ stdout }) => text(stdout)))
    const owned = got.map((json) => JSON.parse(json) as number[])
    expect(owned.flat().toSorted((a, b) => a - b)).toEqual(runs)
  })
})

describe('a wish', () => {
  it('is seen by whoever asks until it is cleared', () => {
    const run = addRun(store, { prompts: 1 })
    expect(store.runs.wish(run)).toBeNull()
    const other = openStore({ path: store.path })
    other.runs.setWish(run, 'pause')
    expect(store.runs.wish(run)).toBe('pause')
    store.runs.setWish(run, null)
    expect(other.runs.wish(run)).toBeNull()
    other.close()
  })
})
