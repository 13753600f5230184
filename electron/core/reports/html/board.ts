import type { Comparison } from '#shared/domain/comparison.ts'
import {
  bytesText,
  countText,
  intervalText,
  marginText,
  missing,
  pointsText,
  pValueText,
} from '#shared/domain/figures.ts'
import { lossAxis, type LossAxis } from '#shared/domain/loss-axis.ts'
import { noiseFloorText, verdictRemark, verdictWords } from '#shared/domain/verdict-words.ts'
import { html, type Markup } from '../markup.ts'
import { namesOf } from '../report-text.ts'
import { intervalMark, lossBackground, lossTicks, percent } from './loss-marks.ts'
import { nameTag, verdictClass, verdictIcon } from './marks.ts'

type Variant = Comparison['variants'][number]

/** The verdicts: every variant's interval on one axis with the margin. Rows turn to cards where the page is narrow. */
export function verdictBoard(comparison: Comparison): Markup {
  const { variants, reference, margin, alpha } = comparison
  const losses = variants.map(({ verdictInterval }) => verdictInterval)
  const axis = lossAxis({ losses, margin, noiseFloor: comparison.noiseFloor })
  const confidence = `${Number((100 - 200 * alpha).toPrecision(6))} %`
  return html`<div class="board" role="table" aria-label="Verdicts">
      <div class="board-row board-head" role="row">
        <span role="columnheader">Variant</span
        ><span role="columnheader">Verdict at a margin of ${marginText(margin)}</span
        ><span class="plot" role="columnheader"
          ><svg width="100%" height="30" aria-hidden="true">
            ${lossTicks(axis, margin, { y: 19, sparse: false })}
          </svg></span
        ><span class="num" role="columnheader">Loss, points <span class="unit">[${confidence}]</span></span
        ><span class="num" role="columnheader">Lost / gained</span><span class="num" role="columnheader">McNemar p</span
        ><span class="num" role="columnheader">Size</span>
      </div>
      ${variants.map((variant) => (variant.index === reference ? referenceRow(comparison, variant, axis) : candidateRow(comparison, variant, axis)))}
    </div>
    <p class="caption">
      Loss to the right, gain to the left. Bars are ${confidence} intervals: within is a bar that ends left of the
      margin, worse one that begins right of it.${floorCaption(comparison)}
    </p>`
}

interface RowCells {
  readonly verdict: Markup
  readonly plot: Markup
  readonly loss: Markup
  readonly flips: Markup
  readonly p: Markup
}

function boardRow(comparison: Comparison, { index, runVariant, verdict }: Variant, cells: RowCells): Markup {
  const name = nameTag(runVariant, namesOf(comparison).get(index) ?? '')
  const figures: readonly (readonly [label: string, figure: Markup])[] = [
    ['lost / gained', cells.flips],
    ['McNemar p', cells.p],
    ['size', html`${bytesText(runVariant.variant.sizeBytes)}`],
  ]
  return html`<div class="board-row ${verdictClass(verdict)}" role="row">
    <span role="cell">${name}</span><span role="cell">${cells.verdict}</span
    ><span class="plot" role="cell">${cells.plot}</span
    ><span class="num loss" role="cell">${cells.loss}</span>${figures.map(
      ([label, figure]) => html`<span class="num" role="cell" data-label="${label}">${figure}</span>`,
    )}
  </div>`
}

function candidateRow(comparison: Comparison, variant: Variant, axis: LossAxis): Markup {
  const { verdictInterval, quadrants, mcnemarP } = variant
  return boardRow(comparison, variant, {
    verdict: verdictLabel(variant, comparison.margin),
    plot: lossPlot(comparison, variant, axis),
    loss: lossFigure(verdictInterval),
    flips: quadrants === null ? html`${missing}` : html`${countText(quadrants.lost)} / ${countText(quadrants.gained)}`,
    p: html`${pValueText(mcnemarP)}`,
  })
}

function referenceRow(comparison: Comparison, variant: Variant, axis: LossAxis): Markup {
  const rate = comparison.noiseFloor?.flipRate ?? null
  const remark = rate === null ? 'no noise floor was measured' : 'run twice: the noise floor'
  const label =
    rate === null
      ? null
      : html`<text x="${percent(axis.at(-rate.value))}" dx="-6" y="50%" dy="4" text-anchor="end"
          >${noiseFloorText(rate)}</text
        >`
  return boardRow(comparison, variant, {
    verdict: html`<span class="quiet">reference</span> <small>${remark}</small>`,
    plot: html`<svg width="100%" height="34" aria-hidden="true">${lossBackground(axis, comparison)}${label}</svg>`,
    loss: html`<span class="quiet">${missing}</span>`,
    flips: html`<span class="quiet">${missing}</span>`,
    p: html`<span class="quiet">${missing}</span>`,
  })
}

function verdictLabel(variant: Variant, margin: number): Markup {
  const words = verdictWords(variant, margin)
  if (variant.verdict === null || words === null) {
    return html`<span class="quiet">${missing} <small>no prompt was graded under both</small></span>`
  }
  const remark = verdictRemark(variant)
  return html`<span class="verdict">${verdictIcon(variant.verdict)}${words}</span
    >${remark === null ? null : html` <small>${remark}</small>`}`
}

function lossFigure(loss: Variant['verdictInterval']): Markup {
  if (loss === null) return html`${missing}`
  const { value, low, high } = pointsText(loss, 'plus')
  return html`${value} <span class="unit">[${low}, ${high}]</span>`
}

function lossPlot(comparison: Comparison, { runVariant, verdictInterval }: Variant, axis: LossAxis): Markup {
  const mark = verdictInterval === null ? null : intervalMark(axis, verdictInterval, runVariant)
  const label = verdictInterval === null ? 'nothing to compare' : `loss ${intervalText(verdictInterval, 'plus')} points`
  return html`<svg width="100%" height="34" role="img" aria-label="${label}">
    ${lossBackground(axis, comparison)}<svg y="50%" overflow="visible">${mark}</svg>
  </svg>`
}

function floorCaption({ noiseFloor }: Comparison): string {
  if (noiseFloor === null) return ''
  const { flips, pairs, identicalTexts } = noiseFloor
  return ` Grey: the noise floor. Two passes of the reference flipped ${countText(flips)} of ${countText(pairs)} answers; ${countText(identicalTexts)} texts were identical.`
}
