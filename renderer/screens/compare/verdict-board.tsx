import type { RefObject } from 'react'
import type { Comparison } from '#shared/domain/comparison.ts'
import {
  bytesText,
  countText,
  intervalText,
  marginText,
  measuredText,
  pointsText,
  pValueText,
  measuredValueText,
} from '#shared/domain/figures.ts'
import { lossAxis, type LossAxis } from '#shared/domain/loss-axis.ts'
import { ChartTableView } from '../../charts/chart-table.tsx'
import { classNames } from '../../ui/class-names.ts'
import styles from './board.module.css'
import { standingVerdict, verdictConfidenceText, type Compared } from './compared.ts'
import { nameOf, type ShownVariants } from './shown-variants.ts'
import { VariantTag } from './variant-tag.tsx'
import { VerdictCard, type VerdictRowProps } from './verdict-card.tsx'
import { FloorPlot, LossTicks, VerdictPlot } from './verdict-plot.tsx'
import { verdictTable } from './verdict-table.ts'
import { floorText, GradedNote, VerdictCell } from './verdict-said.tsx'

export interface BoardProps extends CandidateProps {
  /** Whether the figures stand there as text alone. */
  readonly asTable: boolean
  /** Holds what is drawn, for saving it. */
  readonly drawing: RefObject<HTMLDivElement | null>
}

/** What every row and card needs. */
export interface CandidateProps {
  readonly comparison: Comparison
  /** The rows: on the whole run, or on one value of a tag. */
  readonly variants: readonly Compared[]
  readonly shown: ShownVariants
  readonly blind: boolean
  /** Figures of an earlier choice, shown until the new ones are there. */
  readonly old: boolean
  readonly selected: number | null
  readonly hrefOf: (variant: number) => string
  readonly onPick: (variant: number) => void
}

/** Every variant's verdict on one axis with the margin and the noise floor; cards where the window is narrow. */
export function VerdictBoard(props: BoardProps) {
  const { comparison, variants, old, asTable, drawing } = props
  const axis = lossAxis({
    losses: variants.map(({ verdictInterval }) => verdictInterval),
    margin: comparison.margin,
    noiseFloor: comparison.noiseFloor,
  })
  const ordered = inOrder(props)
  if (asTable) {
    return (
      <div className={styles['as-table']}>
        <ChartTableView caption="Verdicts" table={verdictTable({ ...props, variants: ordered })} />
      </div>
    )
  }
  return (
    <div ref={drawing}>
      <div
        className={classNames(styles['board'], old && styles['old'])}
        role="table"
        aria-label="Verdicts"
        aria-busy={old}
      >
        <BoardHead comparison={comparison} axis={axis} />
        {ordered.map((variant) =>
          variant.index === comparison.reference ? (
            <ReferenceRow key={variant.index} {...props} axis={axis} variant={variant} />
          ) : (
            <CandidateRow key={variant.index} {...props} axis={axis} variant={variant} />
          ),
        )}
      </div>
      <div className={classNames(styles['cards'], old && styles['old'])} role="list" aria-label="Verdicts">
        {ordered.map((variant) => (
          <VerdictCard key={variant.index} {...props} axis={axis} variant={variant} />
        ))}
      </div>
    </div>
  )
}

type OrderedBy = Pick<CandidateProps, 'comparison' | 'variants' | 'shown' | 'blind'>

/** The reference first; then the run's order, or that of the letters while blind. */
export function inOrder({ comparison, variants, shown, blind }: OrderedBy): readonly Compared[] {
  const place = new Map([...shown.keys()].map((index, at) => [index, at]))
  const rank = ({ index }: Compared) => (index === comparison.reference ? -1 : blind ? (place.get(index) ?? 0) : index)
  return variants.toSorted((a, b) => rank(a) - rank(b))
}

function BoardHead({ comparison, axis }: { readonly comparison: Comparison; readonly axis: LossAxis }) {
  const { margin, alpha } = comparison
  return (
    <div className={styles['head']} role="row">
      <span role="columnheader">Variant</span>
      <span role="columnheader">Verdict at margin {marginText(margin)}</span>
      <span role="columnheader" className={styles['plot-cell']}>
        <span className="sr">Loss against the margin, points</span>
        <LossTicks axis={axis} margin={margin} />
      </span>
      <span
        role="columnheader"
        className={styles['figure']}
        title="Points of accuracy lost, with the interval that the verdict is read from"
      >
        Loss [{verdictConfidenceText(alpha)}]
      </span>
      <span
        role="columnheader"
        className={styles['figure']}
        title="Prompts right under the reference only, and under the variant only"
      >
        Lost / gained
      </span>
      <span role="columnheader" className={styles['figure']} title="Exact McNemar test, two-sided">
        McNemar p
      </span>
      <span role="columnheader" className={styles['figure']} title="Output tokens over the time they took, whole run">
        Tokens/s
      </span>
      <span role="columnheader" className={styles['figure']}>
        Size
      </span>
    </div>
  )
}

function ReferenceRow({ comparison, shown, axis, variant, blind }: VerdictRowProps) {
  const { noiseFloor } = comparison
  return (
    <div role="row">
      <span role="cell">
        <VariantTag series={nameOf(shown, variant.index)} />
        <GradedNote variant={variant} />
      </span>
      <span role="cell" className="quiet">
        reference
        <span className="hint clip" title="Share of right answers under the reference, 95 %">
          {intervalText(variant.accuracy)} % right
        </span>
      </span>
      <span role="cell" className={styles['plot-cell']} title={floorText(comparison)}>
        <FloorPlot axis={axis} background={comparison} />
      </span>
      <span role="cell" className={styles['figure']} title="The reference is what the others lose against">
        -
      </span>
      <span role="cell" className={styles['figure']} title={floorText(comparison)}>
        {noiseFloor === null ? '-' : `${countText(noiseFloor.flips)} flips`}
      </span>
      <span role="cell" className={styles['figure']} title="The reference is not tested against itself">
        -
      </span>
      <SpeedAndSize variant={variant} blind={blind} />
    </div>
  )
}

function CandidateRow({ comparison, shown, axis, variant, blind, selected, hrefOf, onPick }: VerdictRowProps) {
  const { index, verdictInterval, quadrants, mcnemarP } = variant
  const standing = standingVerdict(variant)
  const picked = index === selected
  return (
    // The mouse may click anywhere in the row; the keyboard has the link.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="row"
      data-pick
      data-picked={picked || undefined}
      data-v={standing ?? undefined}
      onClick={() => onPick(index)}
    >
      <span role="cell">
        <a className={styles['pick']} href={hrefOf(index)} aria-current={picked || undefined}>
          <VariantTag series={nameOf(shown, index)} />
        </a>
        <GradedNote variant={variant} />
      </span>
      <span role="cell">
        <VerdictCell variant={variant} margin={comparison.margin} />
      </span>
      <span role="cell" className={styles['plot-cell']}>
        <VerdictPlot axis={axis} background={comparison} loss={verdictInterval} verdict={standing} />
      </span>
      <span role="cell" className={styles['figure']}>
        <LossFigure variant={variant} />
      </span>
      <span role="cell" className={styles['figure']}>
        {quadrants === null ? '-' : `${countText(quadrants.lost)} / ${countText(quadrants.gained)}`}
      </span>
      <span role="cell" className={styles['figure']}>
        {pValueText(mcnemarP)}
      </span>
      <SpeedAndSize variant={variant} blind={blind} />
    </div>
  )
}

function LossFigure({ variant: { verdictInterval } }: { readonly variant: Compared }) {
  if (verdictInterval === null) return <span title="No prompt was graded under both">-</span>
  const { value, low, high } = pointsText(verdictInterval, 'plus')
  return (
    <>
      {value}
      <span className="unit">
        [{low}, {high}]
      </span>
    </>
  )
}

/** Size and speed would tell which variant is which: they are kept back while the screen is blind. */
function SpeedAndSize({ variant, blind }: { readonly variant: Compared; readonly blind: boolean }) {
  const { tokensPerSecond, runVariant } = variant
  if (blind) {
    return (
      <>
        <span role="cell" className={styles['figure']} title="Hidden while blind">
          -
        </span>
        <span role="cell" className={styles['figure']} title="Hidden while blind">
          -
        </span>
      </>
    )
  }
  const [size, unit] = bytesText(runVariant.variant.sizeBytes).split(' ')
  return (
    <>
      <span
        role="cell"
        className={styles['figure']}
        title={
          tokensPerSecond === null
            ? 'The engine did not say how long it generated'
            : `${measuredText(tokensPerSecond)}, 95 %, n = ${countText(tokensPerSecond.n)} prompts`
        }
      >
        {tokensPerSecond === null ? '-' : measuredValueText(tokensPerSecond)}
      </span>
      <span role="cell" className={styles['figure']}>
        {size}
        <span className="unit">{unit}</span>
      </span>
    </>
  )
}
