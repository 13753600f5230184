import type { Comparison } from '#shared/domain/comparison.ts'
import { pValueText } from '#shared/domain/figures.ts'
import { verdictWords } from '#shared/domain/verdict-words.ts'
import { measuredCell, shareCell, type ChartTable } from '../../charts/table-cells.ts'
import { verdictConfidenceText, type Compared } from './compared.ts'
import { nameOf, type ShownVariants } from './shown-variants.ts'

/** The verdicts' figures as text: what their table view shows and their CSV holds. */
export function verdictTable({
  comparison: { margin, alpha, reference },
  variants,
  shown,
  blind,
}: {
  readonly comparison: Comparison
  /** In the order in which they are shown. */
  readonly variants: readonly Compared[]
  readonly shown: ShownVariants
  readonly blind: boolean
}): ChartTable {
  const hidden = ['Tokens/s', 'Size, MB']
  return {
    columns: [
      'Variant',
      'Verdict',
      `Loss, points, ${verdictConfidenceText(alpha)}`,
      'Right, %, 95 %',
      'n',
      'Pairs',
      'Lost',
      'Gained',
      'McNemar p',
      ...(blind ? [] : hidden),
    ],
    rows: variants.map((variant) => [
      nameOf(shown, variant.index).name,
      variant.index === reference ? 'reference' : verdictWords(variant, margin),
      shareCell(variant.verdictInterval, 'plus'),
      shareCell(variant.accuracy),
      variant.n,
      variant.index === reference ? null : variant.pairs,
      variant.quadrants?.lost ?? null,
      variant.quadrants?.gained ?? null,
      variant.mcnemarP === null ? null : pValueText(variant.mcnemarP),
      ...(blind ? [] : [measuredCell(variant.tokensPerSecond), variant.runVariant.variant.sizeBytes / 1e6]),
    ]),
  }
}
