import type { RefusalRate } from '#shared/contract/views.ts'
import { labels, type Label } from '#shared/domain/label.ts'
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

function labelShares(cells: readonly ProbeCell[], n: number): Record<Label, number> {
  const share = (label: Label): number => (n === 0 ? 0 : cells.filter(({ outcome }) => outcome === label).length / n)
  return Object.fromEntries(labels.map((label) => [label, share(label)])) as Record<Label, number>
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
