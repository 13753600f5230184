import { scaleLinear } from 'd3-scale'
import type { Comparison, Estimate, TagComparison } from '#shared/domain/comparison.ts'
import { countText, intervalText, missing, pointsText } from '#shared/domain/figures.ts'
import { lossAxis, type LossAxis } from '#shared/domain/loss-axis.ts'
import { briefVariantNames } from '#shared/domain/variant-names.ts'
import { html, type Markup } from '../markup.ts'
import { candidates, namesOf } from '../report-text.ts'
import { intervalMark, lossBackground, lossTicks, percent } from './loss-marks.ts'
import { colourClass, nameTag, pointMark } from './marks.ts'

type Variant = Comparison['variants'][number]

/** Beside a plot a name is brief; the tables have it whole. */
function briefTags(comparison: Comparison): (variant: Pick<Variant, 'index' | 'runVariant'>) => Markup {
  const names = namesOf(comparison)
  const briefs = briefVariantNames(names)
  return ({ index, runVariant }) => nameTag(runVariant, briefs.get(index) ?? '', names.get(index) ?? '')
}

/** Accuracy of every variant with its interval, one row a variant. */
export function accuracyPlot(comparison: Comparison): Markup {
  const { variants } = comparison
  const shares = variants.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy.low, accuracy.high]))
  const low = Math.min(...shares, 1)
  const high = Math.max(...shares, 0)
  const room = Math.max(0.02, 0.08 * (high - low))
  const scale = scaleLinear([100 * Math.max(0, low - room), 100 * Math.min(1, high + room)], [1, 99])
  const base = variants.find(({ index }) => index === comparison.reference)?.accuracy ?? null
  const at = (share: number) => percent(scale(100 * share))
  const tag = briefTags(comparison)
  const rows = variants.map((variant) => accuracyRow(variant, { at, base, tag: tag(variant) }))
  const ticks = scale
    .ticks(5)
    .map((tick) => html`<text x="${percent(scale(tick))}" y="13" text-anchor="middle">${tick}</text>`)
  return html`<div class="forest">
    ${rows}
    <div class="forest-row forest-axis">
      <span></span><span class="plot"><svg width="100%" height="18" aria-hidden="true">${ticks}</svg></span
      ><span class="num">%</span>
    </div>
  </div>`
}

function accuracyRow(
  { accuracy, runVariant }: Variant,
  { at, base, tag }: { readonly at: (share: number) => string; readonly base: Estimate | null; readonly tag: Markup },
): Markup {
  const guide =
    base === null ? null : html`<line class="guide" x1="${at(base.value)}" x2="${at(base.value)}" y1="0" y2="100%" />`
  const bar =
    accuracy === null
      ? html`<text class="off" x="2%" y="17">${missing} nothing was graded</text>`
      : html`<line
            class="bar"
            x1="${at(accuracy.low)}"
            x2="${at(accuracy.high)}"
            y1="50%"
            y2="50%"
          />${pointMark(runVariant, at(accuracy.value), '50%')}`
  return html`<div class="forest-row ${colourClass(runVariant)}">
    <span>${tag}</span
    ><span class="plot"
      ><svg width="100%" height="26" role="img" aria-label="accuracy ${intervalText(accuracy)} %">
        ${guide}${bar}
      </svg></span
    ><span class="num">${accuracy === null ? missing : pointsText(accuracy).value}</span>
  </div>`
}

/** The tag that says how far prompts are from what was trained on; else null. */
export const distanceGroups = ({ byTag }: Comparison): readonly TagComparison[] =>
  byTag.filter(({ tag }) => tag === 'distance')

/** Loss within every distance, panels side by side on one axis. */
export function distancePlot(comparison: Comparison): Markup {
  const groups = distanceGroups(comparison)
  const losses = groups.flatMap(({ variants }) => variants.map(({ difference }) => difference))
  const axis = lossAxis({ losses, margin: comparison.margin, noiseFloor: null })
  return html`<div class="panels">${groups.map((group) => distancePanel(comparison, group, axis))}</div>`
}

function distancePanel(comparison: Comparison, { value, variants }: TagComparison, axis: LossAxis): Markup {
  const whole = { margin: comparison.margin, noiseFloor: null }
  const base = variants.find(({ index }) => index === comparison.reference)
  const tag = briefTags(comparison)
  const rows = candidates(comparison).map(({ index, runVariant }) => {
    const loss = variants.find((variant) => variant.index === index)?.difference ?? null
    return html`<div class="forest-row ${colourClass(runVariant)}">
      <span>${tag({ index, runVariant })}</span
      ><span class="plot"
        ><svg width="100%" height="24" role="img" aria-label="loss ${intervalText(loss, 'plus')} points">
          ${lossBackground(axis, whole)}<svg y="50%" overflow="visible">
            ${loss === null ? html`<text class="off" x="2%" y="4">${missing} nothing to compare</text>` : intervalMark(axis, loss, runVariant)}
          </svg>
        </svg></span
      ><span class="num">${loss === null ? missing : pointsText(loss, 'plus').value}</span>
    </div>`
  })
  const accuracy = base?.accuracy == null ? null : html` reference ${pointsText(base.accuracy).value} % right`
  return html`<section class="panel">
    <h3>${value} <small>n = ${countText(base?.n ?? 0)},${accuracy}</small></h3>
    <div class="forest">
      ${rows}
      <div class="forest-row forest-axis">
        <span></span
        ><span class="plot"
          ><svg width="100%" height="18" aria-hidden="true">
            ${lossTicks(axis, comparison.margin, { y: 13, sparse: true })}
          </svg></span
        ><span></span>
      </div>
    </div>
  </section>`
}
