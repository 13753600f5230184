import type { Digest, RunId, SuiteHash } from '#shared/domain/ids.ts'
import type { RunPlan } from '#shared/domain/run.ts'
import type { Store } from '../store/store.ts'

/** What cells of earlier runs foretell of one of a variant's. */
export interface Foretold {
  /** Mean seconds a cell. */
  readonly seconds: number
  /** Seconds of a cell that would use the whole budget; null where the engine counted no tokens. */
  readonly mostSeconds: number | null
  /** `these-prompts`: of every suite asked some cells have run, this variant's or another's. */
  readonly from: NonNullable<RunPlan['secondsFrom']>
}

interface Asked {
  readonly suites: readonly { readonly hash: SuiteHash; readonly n: number }[]
  readonly maxTokens: number
  /** A run whose own cells are left out. */
  readonly besides?: RunId
}

/**
 * Answers to the same prompts are the best guide, and differ from answers to others manyfold in length. Where this variant has
 * not answered them, another's tell how long answers are and its own how fast it writes.
 */
export function foretellCell(store: Store, digest: Digest, { suites, maxTokens, besides }: Asked): Foretold | null {
  const pace = (of: { readonly digest?: Digest; readonly suite?: SuiteHash }) =>
    store.cells.pace({ ...of, ...(besides === undefined ? {} : { besides }) })
  const own = pace({ digest })
  if (own === null) return null
  const prompts = suites.reduce((sum, { n }) => sum + n, 0)
  const secondsAToken = own.tokens === null || own.tokens === 0 ? null : own.seconds / own.tokens
  let seconds = 0
  let from: Foretold['from'] = 'these-prompts'
  for (const { hash, n } of suites) {
    const tokens = () => pace({ suite: hash })?.tokens ?? null
    const same = pace({ digest, suite: hash })?.seconds ?? product(secondsAToken, tokens())
    if (same === null) from = 'other-prompts'
    seconds += (n / prompts) * (same ?? own.seconds)
  }
  return { seconds, mostSeconds: product(secondsAToken, maxTokens), from }
}

const product = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a * b)
