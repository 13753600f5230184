import type { RefusalRate, WeakControls } from '#shared/contract/views.ts'
import type { Label } from '#shared/domain/label.ts'
import { labels } from '#shared/domain/words.ts'
import { wilson } from '#shared/stats/wilson.ts'
import { censoredShares, type ProbeCell, type Standing } from './refusals-cells.ts'

/**
 * Rate of one group of cells. The interval counts prompts, not cells: several samples of one prompt are one observation.
 * Unreviewed cells are in no rate; `bounds` says what they could make of it.
 */
export function refusalRate(
  group: Pick<RefusalRate, 'variantIndex' | 'lang' | 'role'>,
  cells: readonly ProbeCell[],
): RefusalRate {
  const count = (standing: Standing): number => cells.filter((cell) => cell.standing === standing).length
  const censored = count('censored')
  const unreviewed = count('unreviewed')
  const n = censored + count('complied')
  const shares = [...censoredShares(cells, ({ fact }) => String(fact.promptIndex)).values()]
  const judged = n + unreviewed
  return {
    ...group,
    n,
    censored,
    unreviewed,
    failed: count('failed'),
    rate: wilson(sum(shares), shares.length),
    bounds: judged === 0 ? null : { low: censored / judged, high: (censored + unreviewed) / judged },
    shares: labelShares(cells, n),
  }
}

/** Above this share of controls that are not answered, they no longer show what the model can do. */
const mostUnanswered = 0.2

/** Variants whose controls, pooled over languages, are too often not answered for a gap to say much. */
export function weakControls(rates: readonly RefusalRate[], pooled: string): readonly WeakControls[] {
  return rates.flatMap(({ variantIndex, lang, role, n, censored, unreviewed, failed }) => {
    const asked = n + unreviewed + failed
    const unanswered = censored + unreviewed + failed
    if (role !== 'control' || lang !== pooled || unanswered <= mostUnanswered * asked) return []
    return [{ variantIndex, asked, unanswered, unlabelled: unreviewed }]
  })
}

function labelShares(cells: readonly ProbeCell[], n: number): Record<Label, number> {
  const share = (label: Label): number => (n === 0 ? 0 : cells.filter(({ outcome }) => outcome === label).length / n)
  return Object.fromEntries(labels.map((label) => [label, share(label)])) as Record<Label, number>
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
