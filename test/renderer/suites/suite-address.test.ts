import { describe, expect, it } from 'vitest'
import type { SuiteHash } from '#shared/domain/ids.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { addressOf, findSuite, groupVersions, runName } from '../../../renderer/screens/suites/suite-address.ts'

const hash = (digit: string) => `sha256:${digit.repeat(64)}` as SuiteHash
const suite = (name: string, digit: string): SuiteSummary =>
  ({ name, hash: hash(digit), n: 1, savedAtMs: 1 }) as SuiteSummary
/** As the lab lists them: by name, newest first. */
const suites = [suite('a', '1'), suite('a', '2'), suite('b', '3'), suite('deadbeef', '4')]

describe('an address', () => {
  it('means a suite by its digest, the beginning of one, or a name', () => {
    expect(findSuite(suites, addressOf(hash('2')))?.hash).toBe(hash('2'))
    expect(findSuite(suites, hash('3'))?.name).toBe('b')
    expect(findSuite(suites, 'a')?.hash).toBe(hash('1'))
    expect(findSuite(suites, 'deadbeef')?.hash).toBe(hash('4'))
    expect(findSuite(suites, 'none')).toBeNull()
    expect(findSuite(null, 'a')).toBeNull()
  })

  it('of a digest that begins like another means neither', () => {
    const twins = [
      { ...suite('a', '1'), hash: `sha256:${'5'.repeat(63)}0` as SuiteHash },
      { ...suite('b', '1'), hash: `sha256:${'5'.repeat(63)}1` as SuiteHash },
    ]
    expect(findSuite(twins, '5'.repeat(12))).toBeNull()
  })
})

it('a run names a suite as long as the name means this version', () => {
  expect(runName(suite('a', '1'), suites)).toBe('a')
  expect(runName(suite('a', '2'), suites)).toBe(hash('2'))
})

it('older versions stand below the newest of their name', () => {
  expect(groupVersions(suites).map(({ newest, older }) => [newest.hash, older.map((other) => other.hash)])).toEqual([
    [hash('1'), [hash('2')]],
    [hash('3'), []],
    [hash('4'), []],
  ])
})
