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
import { verdictRemark, verdictWords } from '#shared/domain/verdict-words.ts'
import { html, join, type Markup } from '../markup.ts'
import { namesOf } from '../report-text.ts'
import { intervalLine, lossAxis, lossBackground, lossTicks, offScale, percent, type LossAxis } from './loss-axis.ts'
import { nameTag, pointMark, verdictClass, verdictIcon } from './marks.ts'

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
          ><svg width="100%" height="26" aria-hidden="true">${lossTicks(axis, margin, 17)}</svg></span
        ><span class="num" role="columnheader">Loss, points <span class="unit">[${confidence}]</span></span
        ><span class="num" role="columnheader">Lost / gained</span><span class="num" role="columnheader">McNemar p</span
        ><span class="num" role="columnheader">Size</span>
      </div>
      ${variants.map((variant) => (variant.index === reference ? referenceRow(comparison, variant, axis) : row(comparison, variant, axis)))}
    </div>
    <p class="caption">
      Loss to the right, gain to the left. Bars are ${confidence} intervals: within is a bar that ends left of the
      margin, worse one that begins right of it.${floorCaption(comparison)}
    </p>`
}

function row(comparison: Comparison, variant: Variant, axis: LossAxis): Markup {
  const { runVariant, verdict, verdictInterval, quadrants, mcnemarP } = variant
  const words = verdictWords(variant, comparison.margin)
  const remark = verdictRemark(variant)
  const label =
    verdict === null || words === null
      ? html`<span class="quiet">${missing} <small>no prompt was graded under both</small></span>`
      : html`<span class="verdict">${verdictIcon(verdict)}${words}</span
          >${remark === null ? null : html` <small>${remark}</small>`}`
  return html`<div class="board-row ${verdictClass(verdict)}" role="row">
    <span role="cell">${nameTag(runVariant, namesOf(comparison).get(variant.index) ?? '')}</span
    ><span role="cell">${label}</span><span class="plot" role="cell">${lossPlot(comparison, variant, axis)}</span
    ><span class="num loss" role="cell">${lossFigure(verdictInterval)}</span
    ><span class="num" role="cell" data-label="lost / gained"
      >${quadrants === null ? missing : html`${countText(quadrants.lost)} / ${countText(quadrants.gained)}`}</span
    ><span class="num" role="cell" data-label="McNemar p">${pValueText(mcnemarP)}</span
    ><span class="num" role="cell" data-label="size">${bytesText(runVariant.variant.sizeBytes)}</span>
  </div> `
}

function lossFigure(loss: Variant['verdictInterval']): Markup {
  if (loss === null) return html`${missing}`
  const { value, low, high } = pointsText(loss, 'plus')
  return html`${value} <span class="unit">[${low}, ${high}]</span>`
}

function lossPlot(comparison: Comparison, { runVariant, verdictInterval }: Variant, axis: LossAxis): Markup {
  if (verdictInterval === null) {
    return html`<svg width="100%" height="34" aria-hidden="true">${lossBackground(axis, comparison)}</svg>`
  }
  const off = offScale(axis, verdictInterval)
  const { value } = pointsText(verdictInterval, 'plus')
  const mark =
    off === null
      ? pointMark(runVariant, percent(axis.at(verdictInterval.value)), '17')
      : html`<text
            class="off"
            x="${off === 'right' ? '97%' : '3%'}"
            y="21"
            text-anchor="${off === 'right' ? 'end' : 'start'}"
            >${value} points, off the scale</text
          ><svg x="${off === 'right' ? '98%' : '2%'}" y="17" overflow="visible">
            <path class="arrow" d="${off === 'right' ? 'M0 -5L8 0L0 5z' : 'M0 -5L-8 0L0 5z'}" />
          </svg>`
  return html`<svg
    width="100%"
    height="34"
    role="img"
    aria-label="loss ${intervalText(verdictInterval, 'plus')} points"
  >
    ${lossBackground(axis, comparison)}${off === null ? intervalLine(axis, verdictInterval, 17) : null}${mark}
  </svg>`
}

function referenceRow(comparison: Comparison, { runVariant, index }: Variant, axis: LossAxis): Markup {
  const { noiseFloor } = comparison
  const floor = noiseFloor?.flipRate?.value ?? null
  const remark = floor === null ? 'no noise floor was measured' : 'twice: the noise floor'
  const band =
    floor === null
      ? null
      : html`<text class="floor-text" x="${percent(axis.at(floor))}" dx="6" y="21"
          >noise floor ±${Number((100 * floor).toPrecision(1))}</text
        >`
  return html`<div class="board-row" role="row">
    <span role="cell">${nameTag(runVariant, namesOf(comparison).get(index) ?? '')}</span
    ><span role="cell"><span class="quiet">reference</span> <small>${remark}</small></span
    ><span class="plot" role="cell"
      ><svg width="100%" height="34" aria-hidden="true">
        ${join([lossBackground(axis, comparison), ...(band === null ? [] : [band])])}
      </svg></span
    ><span class="num loss" role="cell">${missing}</span
    ><span class="num" role="cell" data-label="lost / gained">${missing}</span
    ><span class="num" role="cell" data-label="McNemar p">${missing}</span
    ><span class="num" role="cell" data-label="size">${bytesText(runVariant.variant.sizeBytes)}</span>
  </div> `
}

function floorCaption({ noiseFloor }: Comparison): string {
  if (noiseFloor === null) return ''
  const { flips, pairs, identicalTexts } = noiseFloor
  return ` Grey: the noise floor. Two passes of the reference flipped ${countText(flips)} of ${countText(pairs)} answers; ${countText(identicalTexts)} texts were identical.`
}
