import type { RefusalRate, RefusalSummary } from '#shared/contract/views.ts'
import type { Run } from '#shared/domain/run.ts'
import type { Route } from '../../routing/route.ts'

/** What every tab is about. */
export interface RefusalRun {
  readonly run: Run
  readonly summary: RefusalSummary
  /** What the variants are called, by index. */
  readonly names: ReadonlyMap<number, string>
  /** The same where there is little room. */
  readonly briefs: ReadonlyMap<number, string>
  readonly route: Route
}

/** The roles that are compared; the others are kept beside them. */
export const comparedRoles = ['sensitive', 'control'] as const

export const precisionOf = ({ run }: RefusalRun, index: number): string =>
  run.variants.find((variant) => variant.index === index)?.variant.precision.name ?? ''

export const nameOf = ({ names }: RefusalRun, index: number): string => names.get(index) ?? `variant ${index}`

export const rateOf = (
  { summary }: RefusalRun,
  { index, lang, role }: { readonly index: number; readonly lang: string; readonly role: RefusalRate['role'] },
): RefusalRate | undefined =>
  summary.rates.find((rate) => rate.variantIndex === index && rate.lang === lang && rate.role === role)
