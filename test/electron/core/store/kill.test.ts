import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { RunId } from '#shared/domain/ids.ts'
import { openStore } from '#core/store/open-store.ts'
import { killRecord } from './kill-record.ts'
import { addRun, tempFolder } from './store-fixtures.ts'

const kills = 12
const prompts = 800

async function recordUntilKilled(path: string, run: RunId, afterMs: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'children/record-until-killed.ts'), path, String(run)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const exit = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), exit])
  await sleep(afterMs)
  child.kill('SIGKILL')
  await exit
}

function expectWholeCells(path: string, run: RunId): number {
  const store = openStore({ path })
  expect(store.check()).toEqual([])
  const counts = store.cells.counts(run)
  const recorded = [...store.cells.each(run)].filter(({ state }) => state !== 'pending')
  expect(recorded).toHaveLength(counts.done + counts.error)
  expect(store.cells.missing(run, { errors: false })).toHaveLength(prompts - recorded.length)
  expect(store.traces.search(run, 'everycell', { offset: 0, limit: 1 }).total).toBe(recorded.length)
  for (const { id, state } of recorded.slice(-20)) {
    const record = killRecord(id)
    expect(state).toBe(record.state)
    expect(store.traces.get(id)?.raw).toBe(record.raw)
    expect(store.traces.tokens(id)).toEqual(record.tokens)
    expect(store.labels.history(id).map(({ outcome }) => outcome)).toEqual(
      record.judgement === null ? [] : ['complied'],
    )
  }
  store.close()
  const db = new DatabaseSync(path)
  const rows = (table: string) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']
  expect(rows('generation')).toBe(recorded.length)
  expect(rows('label_record')).toBe(counts.done)
  expect(rows('token_list')).toBe(counts.done)
  db.close()
  return recorded.length
}

it(`holds whole cells only, each once, after every one of ${kills} kills`, async () => {
  const { storePath, remove } = tempFolder()
  const store = openStore({ path: storePath })
  const run = addRun(store, { prompts })
  store.close()
  const recorded: number[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    await recordUntilKilled(storePath, run, Math.random() * 40)
    recorded.push(expectWholeCells(storePath, run))
  }
  expect(recorded).toEqual(recorded.toSorted((a, b) => a - b))
  expect(recorded.at(-1)).toBeGreaterThan(0)
  const again = openStore({ path: storePath })
  for (const { id } of again.cells.missing(run, { errors: true })) again.cells.record(killRecord(id))
  expect(again.cells.counts(run)).toMatchObject({ total: prompts, pending: 0 })
  again.close()
  expect(expectWholeCells(storePath, run)).toBe(prompts)
  remove()
})
