import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/store.ts'
import { hashSuite } from '#core/suites/hash-suite.ts'
import { createSuiteLibrary } from '#core/suites/suite-library.ts'
import { suiteSchema, type HashedSuite } from '#shared/domain/suite.ts'

let folder = ''
let store: Store
let nowMs = 1000

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-suites-'))
  store = openStore({ path: join(folder, 'assay.sqlite'), now: () => nowMs })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const suite = (name: string, text: string): HashedSuite =>
  hashSuite(suiteSchema.parse({ schema: 'assay-suite/1', name, prompts: [{ id: 'a', text }] }))

/** A lab's library as it starts with these suites shipped. */
const start = (...shipped: readonly HashedSuite[]) =>
  createSuiteLibrary({ repository: store.suites, loadBundled: () => Promise.resolve(shipped), now: () => nowMs++ })

const listed = async (library: ReturnType<typeof start>) => (await library.list()).map(({ hash }) => hash)

describe('bundled suites', () => {
  const older = suite('quick', 'What?')
  const newer = suite('quick', 'What now?')
  const other = suite('probes', 'Who?')

  it('leave the list when another version ships, and can still be found by digest', async () => {
    await start(older, other).list()
    const library = start(newer, other)
    expect(await listed(library)).toEqual([other.hash, newer.hash])
    expect((await library.find('quick')).hash).toBe(newer.hash)
    expect(await library.find(older.hash)).toEqual(older)
  })

  it('come back when Assay goes back to the release that shipped them', async () => {
    await start(older).list()
    await start(newer).list()
    expect(await listed(start(older))).toEqual([older.hash])
    expect(await listed(start(newer))).toEqual([newer.hash])
  })

  it('leave the list when nothing of their name ships any more', async () => {
    await start(older, other).list()
    expect(await listed(start(other))).toEqual([other.hash])
  })

  it('that their user hid stay hidden at the next start', async () => {
    const library = start(older, other)
    await library.list()
    library.hide(older.hash)
    expect(await listed(start(older, other))).toEqual([other.hash])
  })

  it('that their user saved as well stay when they are no longer shipped', async () => {
    await start(older).list()
    start(older).save({
      text: JSON.stringify({ name: 'quick', prompts: [{ id: 'a', text: 'What?', ungraded: true }] }),
      format: 'json',
      file: 'q',
    })
    expect(await listed(start(newer))).toEqual([older.hash, newer.hash])
  })

  it('leave the suites of a user alone', async () => {
    const own = suite('quick', 'My own?')
    const library = start(older)
    await library.list()
    library.keep(own)
    expect(await listed(start(newer))).toEqual([own.hash, newer.hash])
  })
})
