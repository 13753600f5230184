import { beforeEach, describe, expect, it } from 'vitest'
import type { SuiteHash } from '#shared/domain/ids.ts'
import type { Store } from '#core/store/store.ts'
import { makePrompt, makeSuite, sha } from './store-fixtures.ts'
import { tempStore } from './temp-store.ts'

let store: Store
beforeEach(() => {
  store = tempStore()
})

describe('suites', () => {
  const suite = makeSuite(
    'mixed',
    [
      makePrompt('a', { tags: { distance: 'far' } }),
      makePrompt('b', { lang: 'zh-Hans', text: '\ud83d broken\0' }),
      makePrompt('c', { tags: { distance: 'far' } }),
    ],
    { title: 'Mixed', license: 'MIT' },
  )

  it('come back whole by hash, and as a summary in the list', () => {
    store.suites.put(suite, 'user', 77)
    expect(store.suites.get(suite.hash)).toEqual(suite)
    expect(store.suites.get(sha('other') as SuiteHash)).toBeNull()
    expect(store.suites.list()).toEqual([
      {
        hash: suite.hash,
        name: 'mixed',
        version: '1',
        graded: 0,
        title: 'Mixed',
        description: '',
        n: 3,
        languages: ['en', 'zh-Hans'],
        distances: { far: 2 },
        isProbePack: false,
        source: 'user',
        savedAtMs: 77,
      },
    ])
  })

  it('are found by name in their newest version that is not hidden', () => {
    const newer = makeSuite('mixed', [makePrompt('z')])
    store.suites.put(newer, 'user', 200)
    store.suites.put(suite, 'user', 100)
    expect(store.suites.byName('mixed')?.hash).toBe(newer.hash)
    store.suites.delete(newer.hash)
    expect(store.suites.byName('mixed')?.hash).toBe(suite.hash)
    expect(store.suites.get(newer.hash)).toEqual(newer)
    store.suites.restore(newer.hash)
    expect(store.suites.byName('mixed')?.hash).toBe(newer.hash)
    store.suites.put(suite, 'user', 300)
    expect(store.suites.byName('mixed')?.hash).toBe(suite.hash)
    expect(store.suites.byName('nobody')).toBeNull()
  })

  it('that are hidden show again when saved, but not because they are bundled', () => {
    store.suites.put(suite, 'bundled', 5)
    expect(store.suites.list()[0]).toMatchObject({ source: 'bundled', savedAtMs: 0 })
    store.suites.delete(suite.hash)
    store.suites.put(suite, 'bundled', 6)
    expect(store.suites.list()).toEqual([])
    store.suites.put(suite, 'user', 7)
    expect(store.suites.list()).toHaveLength(1)
  })

  it('keep what their user wrote', () => {
    expect(() => store.suites.putSource(suite.hash, { text: '', format: 'yaml' })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    )
    store.suites.put(suite, 'user', 1)
    expect(store.suites.source(suite.hash)).toBeNull()
    const written = { text: '# a comment\r\nname: mixed\n', format: 'yaml' } as const
    store.suites.putSource(suite.hash, written)
    expect(store.suites.source(suite.hash)).toEqual(written)
  })
})
