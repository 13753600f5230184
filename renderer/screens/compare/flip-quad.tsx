import { useRef } from 'react'
import { countText, intervalText } from '#shared/domain/figures.ts'
import type { Comparison, Quadrants } from '#shared/domain/comparison.ts'
import { refine } from '../../routing/use-route.ts'
import { Button, Key } from '../../ui/button.tsx'
import { EmptyState, Notice, Region } from '../../ui/region.tsx'
import { ChartTableView } from '../../charts/chart-table.tsx'
import { ChartTools, useChartProblem } from '../../charts/chart-tools.tsx'
import type { ChartTable } from '../../charts/table-cells.ts'
import { showAsTable } from './compare-charts.tsx'
import type { CompareChoice, Quadrant } from './compare-query.ts'
import type { Compared } from './compared.ts'
import styles from './compare.module.css'
import type { Series } from '../../charts/series.ts'
import { VariantTag } from './variant-tag.tsx'

/** What falls into each quadrant, in words. */
export const quadrantWords: Readonly<Record<Quadrant, string>> = {
  bothRight: 'right in both',
  lost: 'lost',
  gained: 'gained',
  bothWrong: 'wrong in both',
}

const keys: Partial<Record<Quadrant, string>> = { lost: 'l', gained: 'w' }

const flipTable = (counts: Quadrants, reference: Series, variant: Series): ChartTable => ({
  columns: ['Prompts', `${variant.name} right`, `${variant.name} wrong`],
  rows: [
    [`${reference.name} right`, counts.bothRight, counts.lost],
    [`${reference.name} wrong`, counts.gained, counts.bothWrong],
  ],
})

/** How a variant's answers fall beside the reference's; each count lists its prompts. */
export function FlipQuad({
  comparison,
  variant,
  reference,
  series,
  choice,
}: {
  readonly comparison: Comparison
  readonly variant: Compared
  readonly reference: Series
  readonly series: Series
  readonly choice: CompareChoice
}) {
  const counts = variant.quadrants
  const { quadrant } = choice
  const asTable = choice.tables.has('flips')
  const drawing = useRef<HTMLDivElement>(null)
  const [unsaved, setUnsaved] = useChartProblem()
  const cell = (name: Quadrant) => (
    <button
      type="button"
      aria-pressed={name === quadrant}
      aria-label={`${counts === null ? 0 : countText(counts[name])} ${quadrantWords[name]}`}
      onClick={() => refine({ quadrant: name === 'lost' ? undefined : name, row: undefined })}
    >
      <b>{counts === null ? '-' : countText(counts[name])}</b>
      <span className="row">
        {quadrantWords[name]}
        {keys[name] !== undefined && <Key>{keys[name]}</Key>}
      </span>
    </button>
  )
  return (
    <Region
      title="Flips"
      hint="click to list"
      className={styles['flips'] ?? ''}
      actions={
        counts !== null && (
          <ChartTools
            title="Flips"
            table={flipTable(counts, reference, series)}
            fileStem={`run-${choice.run}`}
            asTable={asTable}
            onAsTable={(next) => showAsTable(choice, 'flips', next)}
            drawing={drawing}
            onProblem={setUnsaved}
          />
        )
      }
    >
      {unsaved !== null && <Notice what="The chart was not saved." why={unsaved} />}
      {counts !== null && asTable ? (
        <ChartTableView caption="Flips" table={flipTable(counts, reference, series)} />
      ) : counts === null ? (
        <EmptyState what="No pairs.">No prompt was graded under both variants.</EmptyState>
      ) : (
        <div className={styles['quad']} ref={drawing}>
          <i />
          <span className={styles['top']}>
            <VariantTag series={series} />
          </span>
          <i />
          <span>right</span>
          <span>wrong</span>
          <span className={styles['side']}>
            <VariantTag series={reference} />
            right
          </span>
          {cell('bothRight')}
          {cell('lost')}
          <span className={styles['side']}>wrong</span>
          {cell('gained')}
          {cell('bothWrong')}
        </div>
      )}
      {counts !== null && <p className={styles['caption']}>{flipWords(counts, comparison)}</p>}
    </Region>
  )
}

function flipWords(counts: Quadrants, { noiseFloor }: Comparison): string {
  const pairs = counts.bothRight + counts.lost + counts.gained + counts.bothWrong
  const flips = counts.lost + counts.gained
  const share = pairs === 0 ? '' : ` (${((100 * flips) / pairs).toFixed(1)} %)`
  const floor =
    noiseFloor === null
      ? 'The reference was not run twice, so no noise floor.'
      : `In the A/A run ${countText(noiseFloor.flips)} of ${countText(noiseFloor.pairs)} do (${intervalText(noiseFloor.flipRate)} %).`
  return `${countText(flips)} of ${countText(pairs)} flip${share}. ${floor}`
}

/** Shown while the screen is blind, where a figure would tell which variant is which. */
export function HiddenWhileBlind({ what }: { readonly what: string }) {
  return (
    <EmptyState
      what="Hidden while blind."
      actions={
        <Button size="small" onClick={() => refine({ blind: undefined })}>
          Reveal the names
        </Button>
      }
    >
      {what} would tell which variant is which.
    </EmptyState>
  )
}
