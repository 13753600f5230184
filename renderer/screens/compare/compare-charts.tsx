import type { ReactNode } from 'react'
import type { Comparison, Measured } from '#shared/domain/comparison.ts'
import { countText, measuredText } from '#shared/domain/figures.ts'
import { BarRows, type BarRow } from '../../charts/bar-rows.tsx'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import { measuredCell, type ChartTable } from '../../charts/table-cells.ts'
import { IntervalRows } from '../../charts/interval-rows.tsx'
import {
  QualitySizeChart,
  qualitySizeSentence,
  qualitySizeTable,
  type SizedPoint,
} from '../../charts/quality-size-chart.tsx'
import { TagChart, tagSentence, tagTable, type TagPoint } from '../../charts/tag-chart.tsx'
import { refine } from '../../routing/use-route.ts'
import { EmptyState } from '../../ui/region.tsx'
import { tagsOf, type Compared } from './compared.ts'
import type { CompareChoice } from './compare-query.ts'
import styles from './compare.module.css'
import { HiddenWhileBlind } from './flip-quad.tsx'
import { nameOf, type ShownVariants } from './shown-variants.ts'

export interface ChartsProps {
  readonly comparison: Comparison
  readonly variants: readonly Compared[]
  readonly shown: ShownVariants
  readonly choice: CompareChoice
  /** The variant looked at. */
  readonly variant: Compared
}

/** Which charts are shown as tables stands in the address. */
export function showAsTable({ tables }: CompareChoice, name: string, asTable: boolean): void {
  const next = new Set(tables)
  if (asTable) next.add(name)
  else next.delete(name)
  refine({ tables: [...next].join(',') })
}

/** Table view, saving and names of one chart, kept in the address. */
export function CompareFrame({
  name,
  choice,
  children,
  ...rest
}: {
  readonly name: string
  readonly choice: CompareChoice
  readonly title: string
  readonly hint?: ReactNode
  readonly description: string
  readonly table: ChartTable | null
  readonly tall?: boolean
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const { tables, run } = choice
  const toggle = (asTable: boolean) => showAsTable(choice, name, asTable)
  return (
    <ChartFrame fileStem={`run-${run}`} asTable={tables.has(name)} onAsTable={toggle} {...rest}>
      {children}
    </ChartFrame>
  )
}

export function QualityRegion({ variants, shown, choice }: ChartsProps) {
  // A variant that has answered a part of its prompts would stand there on other prompts than the rest.
  const points = variants.flatMap(({ index, accuracy, runVariant, open }): SizedPoint[] =>
    accuracy === null || open > 0
      ? []
      : [{ ...nameOf(shown, index), sizeBytes: runVariant.variant.sizeBytes, accuracy }],
  )
  const going = variants.filter(({ accuracy, open }) => accuracy !== null && open > 0)
  const without = going.map(({ index }) => nameOf(shown, index).brief).join(', ')
  const hidden = choice.blind
  return (
    <CompareFrame
      name="quality"
      choice={choice}
      title="Quality against size"
      hint="bars 95 %"
      description={hidden ? 'Hidden while blind.' : qualitySizeSentence(points)}
      table={hidden || points.length === 0 ? null : qualitySizeTable(points)}
    >
      {hidden ? (
        <HiddenWhileBlind what="File sizes" />
      ) : points.length === 0 ? (
        <EmptyState what="No point yet.">A point appears once its variant has answered all prompts.</EmptyState>
      ) : (
        <>
          <QualitySizeChart points={points} />
          {without !== '' && <p className="hint">Without {without}: not all prompts yet.</p>}
        </>
      )}
    </CompareFrame>
  )
}

/** More values than this are rows of losses; fewer stand side by side. */
const mostSideBySide = 5

export function TagRegion({ comparison, shown, choice, variant }: ChartsProps) {
  const tags = tagsOf(comparison)
  const by = choice.by !== null && tags.has(choice.by) ? choice.by : ([...tags.keys()][0] ?? null)
  const groups = comparison.byTag.filter(({ tag }) => tag === by)
  const points = groups.flatMap(({ value, variants }) =>
    variants.map(({ index, n, accuracy, difference }): TagPoint => ({
      ...nameOf(shown, index),
      value,
      n,
      accuracy,
      loss: difference,
    })),
  )
  const series = nameOf(shown, variant.index)
  const sideBySide = groups.length <= mostSideBySide
  const rows = groups.map(({ value, variants }) => {
    const here = variants.find(({ index }) => index === variant.index)
    return { label: value, n: here?.pairs ?? 0, loss: here?.difference ?? null }
  })
  return (
    <CompareFrame
      name="tag"
      choice={choice}
      title={`Loss by ${by ?? 'tag'}`}
      {...(sideBySide ? {} : { hint: series.brief })}
      tall={!sideBySide}
      description={by === null ? 'No tags.' : tagSentence(by, points)}
      table={by === null ? null : tagTable(by, points)}
      actions={tags.size > 1 && by !== null && <TagSelect tags={[...tags.keys()]} by={by} />}
    >
      {by === null ? (
        <EmptyState what="No tags to split by.">
          Tags with several values, as distance with benchmark, near and far, show where a loss lies.
        </EmptyState>
      ) : sideBySide ? (
        <TagChart points={points} lines={[variant.index]} margin={comparison.margin} />
      ) : (
        <IntervalRows series={series} rows={rows} margin={comparison.margin} />
      )}
    </CompareFrame>
  )
}

function TagSelect({ tags, by }: { readonly tags: readonly string[]; readonly by: string }) {
  return (
    <label className={styles['choice']}>
      <span className="sr">Tag of the chart</span>
      <select value={by} onChange={(event) => refine({ by: event.target.value })}>
        {tags.map((tag) => (
          <option key={tag}>{tag}</option>
        ))}
      </select>
    </label>
  )
}

export function ThinkingRegion({ comparison, variants, shown, choice }: ChartsProps) {
  const rows = variants
    .filter(({ index }) => index !== comparison.reference)
    .map(({ index, thinkingRatio }): BarRow => ({
      ...nameOf(shown, index),
      value: thinkingRatio?.value ?? null,
      interval: thinkingRatio?.interval ?? null,
      words: thinkingRatio === null ? 'no thinking was counted' : `× ${measuredText(thinkingRatio, 2)}`,
    }))
  const known = rows.filter(({ value }) => value !== null)
  const { name: reference, brief } = nameOf(shown, comparison.reference)
  return (
    <CompareFrame
      name="thinking"
      choice={choice}
      title="Length of thinking"
      hint={measuredHint(variants.map(({ thinkingRatio }) => thinkingRatio))}
      description={`Thinking tokens over those of ${reference} on the same prompt, median with 95 % interval: ${known.map(({ name, words }) => `${name} ${words}`).join(', ')}.`}
      table={known.length === 0 ? null : thinkingTable(variants, shown, reference)}
    >
      {known.length === 0 ? (
        <EmptyState what="No thinking was counted.">
          The variants did not think, or the engine did not count their tokens.
        </EmptyState>
      ) : (
        <BarRows
          rows={inShownOrder(rows, shown, choice.blind)}
          title={`thinking tokens over ${brief}'s, median`}
          format={(value) => String(value)}
          mark={{ value: 1, label: `as ${brief}` }}
        />
      )}
    </CompareFrame>
  )
}

const thinkingTable = (variants: readonly Compared[], shown: ShownVariants, reference: string): ChartTable => ({
  columns: ['Variant', 'n', `Over ${reference}`, 'Tokens, median'],
  rows: variants.map(({ index, thinkingRatio, medianTokens }) => [
    nameOf(shown, index).name,
    thinkingRatio?.n ?? null,
    measuredCell(thinkingRatio, 2),
    measuredCell(medianTokens),
  ]),
})

/** `n = 80, bars 95 %`: what the rows of a chart stand on, and whether they have intervals. */
export function measuredHint(figures: readonly (Measured | null)[]): string {
  const known = figures.filter((figure) => figure !== null)
  const ns = known.map(({ n }) => n)
  const [low, high] = [Math.min(...ns), Math.max(...ns)]
  const n = ns.length === 0 ? '' : `n = ${countText(low)}${high === low ? '' : ` to ${countText(high)}`}`
  return known.some(({ interval }) => interval !== null) ? `${n}, bars 95 %` : n
}

/** While blind the order of rows must not tell. */
function inShownOrder(rows: readonly BarRow[], shown: ShownVariants, blind: boolean): readonly BarRow[] {
  if (!blind) return rows
  const place = new Map([...shown.keys()].map((key, at) => [key, at]))
  return rows.toSorted((a, b) => (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0))
}
