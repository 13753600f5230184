import { bytesText, countText, intervalText, marginText } from '#shared/domain/figures.ts'
import type { LossAxis } from '#shared/domain/loss-axis.ts'
import styles from './board.module.css'
import { leftOut, standingVerdict, type Compared } from './compared.ts'
import { nameOf } from './shown-variants.ts'
import { VariantTag } from './variant-tag.tsx'
import type { CandidateProps } from './verdict-board.tsx'
import { VerdictPlot } from './verdict-plot.tsx'
import { floorText, VerdictCell } from './verdict-said.tsx'

export interface VerdictRowProps extends CandidateProps {
  readonly axis: LossAxis
  readonly variant: Compared
}

/** One variant's verdict where there is no room for a row. */
export function VerdictCard(props: VerdictRowProps) {
  const { comparison, shown, axis, variant, blind, selected, hrefOf, onPick } = props
  const { index, verdictInterval, quadrants, runVariant } = variant
  const standing = standingVerdict(variant)
  const size = blind ? null : bytesText(runVariant.variant.sizeBytes)
  const series = nameOf(shown, index)
  if (index === comparison.reference) {
    return (
      <div className={styles['card']} role="listitem" data-reference>
        <div className="row">
          <VariantTag series={series} />
          <span className="hint end">{size}</span>
        </div>
        <b>reference</b>
        <span className="hint">
          {intervalText(variant.accuracy)} % right, 95 %. {floorText(comparison)} Red line: margin{' '}
          {marginText(comparison.margin)}.
        </span>
      </div>
    )
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <div
      className={styles['card']}
      role="listitem"
      data-picked={index === selected || undefined}
      data-v={standing ?? undefined}
      onClick={() => onPick(index)}
    >
      <div className="row">
        <a className={styles['pick']} href={hrefOf(index)} aria-current={index === selected || undefined}>
          <VariantTag series={series} />
        </a>
        <span className="hint end">{size}</span>
      </div>
      <div className="row">
        <VerdictCell variant={variant} margin={comparison.margin} />
      </div>
      <VerdictPlot axis={axis} background={comparison} loss={verdictInterval} verdict={standing} narrow />
      <span className={styles['said']}>
        {verdictInterval === null ? '-' : `${intervalText(verdictInterval, 'plus')} points`}
        {quadrants !== null && `, lost ${countText(quadrants.lost)}, gained ${countText(quadrants.gained)}`}
        {(variant.errors > 0 || variant.ungradable > 0) && (
          <span title={leftOut(variant) ?? undefined}>, n = {countText(variant.n)}</span>
        )}
      </span>
    </div>
  )
}
