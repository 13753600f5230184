import type { SuiteHash } from '#shared/domain/ids.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { routeHash } from '../../routing/route.ts'

const algorithm = 'sha256:'
/** Hexadecimal digits of a digest in an address, and in a list. */
const addressDigits = 12
const shownDigits = 6

/** The beginning of a digest, long enough to be told from every other in a list. */
export const shortHash = (hash: SuiteHash): string => hash.slice(algorithm.length, algorithm.length + shownDigits)

export const addressOf = (hash: SuiteHash): string => hash.slice(algorithm.length, algorithm.length + addressDigits)

export const suiteHref = (hash: SuiteHash): string => routeHash('suites', [addressOf(hash)])

/** The listed suite that a digest, its first digits or a name means; of a name the newest. */
export function findSuite(suites: readonly SuiteSummary[] | null, wanted: string | null): SuiteSummary | null {
  if (suites === null || wanted === null) return null
  const digits = wanted.replace(algorithm, '')
  const byHash = /^[0-9a-f]{8,64}$/.test(digits)
    ? suites.filter(({ hash }) => hash.slice(algorithm.length).startsWith(digits))
    : []
  return byHash.length === 1 ? (byHash[0] ?? null) : (suites.find(({ name }) => name === wanted) ?? null)
}

/** What a run is set up with: the name, as long as it means this version; else the digest. */
export function runName({ hash, name }: SuiteSummary, suites: readonly SuiteSummary[]): string {
  return newestOf(suites, name)?.hash === hash ? name : hash
}

/** Newest version of a name: the list tells versions newest first. */
const newestOf = (suites: readonly SuiteSummary[], name: string): SuiteSummary | undefined =>
  suites.find((suite) => suite.name === name)

/** The list, one entry a name with its older versions. */
export function groupVersions(
  suites: readonly SuiteSummary[],
): readonly { readonly newest: SuiteSummary; readonly older: readonly SuiteSummary[] }[] {
  return suites
    .filter((suite) => newestOf(suites, suite.name) === suite)
    .map((newest) => ({ newest, older: suites.filter((suite) => suite.name === newest.name && suite !== newest) }))
}
