import type { ReactNode } from 'react'
import type { ComparedPrompt } from '#shared/contract/compare-views.ts'
import type { Comparison } from '#shared/domain/comparison.ts'
import { countText, marginText, durationText } from '#shared/domain/figures.ts'
import type { Run } from '#shared/domain/run.ts'
import { routeHash } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { Region } from '../../ui/region.tsx'
import { QualityRegion, TagRegion, ThinkingRegion } from './compare-charts.tsx'
import { choiceQuery, quadrantInput, type CompareChoice, type Quadrant } from './compare-query.ts'
import type { ViewProps } from './compare-view.tsx'
import styles from './compare.module.css'
import { tagsOf, verdictConfidenceText, type Compared } from './compared.ts'
import { DivergenceRegion, MemoryRegion, SpeedRegion } from './cost-charts.tsx'
import { FlipList } from './flip-list.tsx'
import { FlipQuad } from './flip-quad.tsx'
import { nameOf, type ShownVariants } from './shown-variants.ts'
import { useActions } from '../../actions/use-actions.ts'
import { usePages } from '../../stores/use-pages.ts'
import { useSorting } from '../../ui/use-sorting.ts'

interface DetailsProps extends ViewProps {
  readonly variants: readonly Compared[]
  readonly shown: ShownVariants
  readonly variant: Compared
}

/** Everything below the verdicts, about the variant that is selected there. */
export function CompareDetails({ run, comparison, choice, row, variants, shown, variant }: DetailsProps) {
  const series = nameOf(shown, variant.index)
  const reference = nameOf(shown, comparison.reference)
  const order = useSorting()
  const asked = quadrantInput(choice, variant.index)
  const rows = usePages(
    'compare.prompts',
    { ...asked, ...(order.sorting !== null && { sort: order.sorting.by, descending: order.sorting.descending }) },
    { list: JSON.stringify(asked) },
  )
  const hrefOf = ({ promptIndex, sample }: ComparedPrompt) =>
    routeHash('compare', [run.id, 'prompt', promptIndex], {
      ...choiceQuery(choice),
      variant: variant.index,
      sample: sample === 0 ? undefined : sample,
    })
  useDetailKeys({ comparison, choice, selected: variant.index })
  const charts = { comparison, variants, shown, choice, variant }
  return (
    <>
      <div className={styles['charts']}>
        <QualityRegion {...charts} />
        <TagRegion {...charts} />
        <ThinkingRegion {...charts} />
        <FlipQuad comparison={comparison} variant={variant} series={series} reference={reference} choice={choice} />
      </div>
      <FlipList
        choice={choice}
        series={series}
        reference={reference}
        rows={rows}
        order={order}
        tags={[...tagsOf(comparison).keys()].filter((tag) => tag === 'family' || tag === 'distance')}
        samples={run.samples}
        selected={row}
        hrefOf={hrefOf}
      />
      <div className={styles['charts']}>
        <SpeedRegion {...charts} />
        <MemoryRegion {...charts} run={run} />
        <DivergenceRegion />
        <MethodRegion run={run} comparison={comparison} variant={variant} />
      </div>
    </>
  )
}

function useDetailKeys({
  comparison,
  choice,
  selected,
}: {
  readonly comparison: Comparison
  readonly choice: CompareChoice
  readonly selected: number
}): void {
  const candidates = comparison.variants.map(({ index }) => index).filter((index) => index !== comparison.reference)
  const step = (by: 1 | -1) => () => {
    const at = candidates.indexOf(selected)
    const next = candidates[(at + by + candidates.length) % candidates.length]
    refine({ variant: next, row: undefined })
  }
  const quadrant = (name: Quadrant) => () => refine({ quadrant: name === 'lost' ? undefined : name, row: undefined })
  const charts = ['verdicts', 'quality', 'tag', 'thinking', 'flips', 'speed', 'memory']
  useActions('comparison', {
    next: step(1),
    previous: step(-1),
    lost: quadrant('lost'),
    gained: quadrant('gained'),
    tables: () => refine({ tables: choice.tables.size > 0 ? undefined : charts.join(',') }),
  })
}

const methods = {
  'newcombe-10': 'Newcombe 1998, method 10, paired',
  'cluster-bootstrap': 'bootstrap over prompts',
} as const

/** With what the figures were made. */
function MethodRegion({
  run,
  comparison,
  variant,
}: {
  readonly run: Run
  readonly comparison: Comparison
  readonly variant: Compared
}) {
  const { suite, alpha, versions } = comparison
  const rows: readonly (readonly [name: string, value: ReactNode])[] = [
    ['Suite', `${suite.name}, ${suite.hash === null ? 'several' : suite.hash.replace('sha256:', '').slice(0, 12)}`],
    ['Pairs', `${countText(variant.pairs)} on ${countText(variant.prompts)} prompts`],
    ['Interval', variant.method === null ? '-' : methods[variant.method]],
    ['Verdict', `${verdictConfidenceText(alpha)} interval at ${marginText(comparison.margin)}, alpha ${alpha}`],
    ['Test', 'McNemar, exact, two-sided'],
    ['Accuracy', 'Wilson, 95 %'],
    ['Ran for', durationText(run.activeSeconds)],
    ['Versions', `${versions.stats}, ${versions.grading}, ${versions.splitter}`],
  ]
  return (
    <Region title="Method" hint="of this comparison">
      <dl className={styles['method']}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Region>
  )
}
