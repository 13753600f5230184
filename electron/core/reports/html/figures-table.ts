import type { Comparison, Measured } from '#shared/domain/comparison.ts'
import { bytesText, countText, intervalText, measuredText, missing, pValueText } from '#shared/domain/figures.ts'
import { thinkStates } from '#shared/domain/trace.ts'
import { html, type Markup } from '../markup.ts'
import { candidates, namesOf } from '../report-text.ts'
import { nameTag } from './marks.ts'

type Variant = Comparison['variants'][number]

interface Column {
  readonly head: string
  readonly unit?: string
  /** Null where there is nothing to show; `why` then says so on hover. */
  readonly show: (variant: Variant) => string | null
  readonly why?: string
}

/** A figure with its interval. */
function measured(of: (variant: Variant) => Measured | null, mostDecimals?: number): Column['show'] {
  return (variant) => {
    const figure = of(variant)
    return figure && measuredText(figure, mostDecimals)
  }
}

const quality: readonly Column[] = [
  { head: 'n', show: ({ n }) => countText(n) },
  { head: 'Right', show: ({ correct }) => countText(correct) },
  {
    head: 'Accuracy',
    unit: '% [95 %]',
    show: ({ accuracy }) => accuracy && intervalText(accuracy),
    why: 'nothing was graded',
  },
  { head: 'Loss', unit: 'points [95 %]', show: ({ difference }) => difference && intervalText(difference, 'plus') },
  { head: 'Lost', show: ({ quadrants }) => quadrants && countText(quadrants.lost) },
  { head: 'Gained', show: ({ quadrants }) => quadrants && countText(quadrants.gained) },
  { head: 'p', unit: 'exact', show: ({ mcnemarP }) => (mcnemarP === null ? null : pValueText(mcnemarP)) },
  { head: 'p', unit: 'mid-p', show: ({ mcnemarMidP }) => (mcnemarMidP === null ? null : pValueText(mcnemarMidP)) },
  { head: 'Failed', show: ({ errors }) => countText(errors) },
  { head: 'Ungradable', show: ({ ungradable }) => countText(ungradable) },
]

const cost: readonly Column[] = [
  {
    head: 'Speed',
    unit: 'tokens/s [95 %]',
    show: measured(({ tokensPerSecond }) => tokensPerSecond),
    why: 'not timed',
  },
  { head: 'First token', unit: 'ms, median', show: measured(({ firstTokenMs }) => firstTokenMs), why: 'not timed' },
  { head: 'Length', unit: 'tokens, median', show: measured(({ medianTokens }) => medianTokens), why: 'not counted' },
  { head: 'Thinking', unit: '× reference', show: measured(({ thinkingRatio }) => thinkingRatio, 2) },
  { head: 'Size', show: ({ runVariant }) => bytesText(runVariant.variant.sizeBytes) },
  {
    head: 'Bits',
    unit: 'a weight',
    show: ({ runVariant }) => runVariant.variant.precision.bitsPerWeight?.toFixed(2) ?? null,
    why: 'the engine does not show tensors',
  },
]

/** Every figure of every variant: how well it answers, and what it costs. */
export const figuresTables = (comparison: Comparison): Markup =>
  html`${columnsTable(comparison, quality)}${columnsTable(comparison, cost)}`

function columnsTable(comparison: Comparison, columns: readonly Column[]): Markup {
  const names = namesOf(comparison)
  const heads = columns.map(
    ({ head, unit }) =>
      html`<th scope="col" class="num">${head}${unit === undefined ? null : html`<small>${unit}</small>`}</th>`,
  )
  const rows = comparison.variants.map(
    (variant) =>
      html`<tr>
        <th scope="row">${nameTag(variant.runVariant, names.get(variant.index) ?? '')}</th>
        ${columns.map((column) => figure(column, variant, comparison.reference))}
      </tr>`,
  )
  return table(
    html`<th scope="col">Variant</th>
      ${heads}`,
    rows,
  )
}

const table = (heads: Markup, rows: readonly Markup[], size: 'normal' | 'small' = 'normal'): Markup =>
  html`<div class="scroll" tabindex="0">
    <table class="${size}">
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`

function figure({ show, why }: Column, variant: Variant, reference: number): Markup {
  const text = show(variant)
  if (text !== null) return html`<td class="num">${text}</td>`
  const reason = variant.index === reference ? 'this is the reference' : (why ?? 'nothing could be compared')
  return html`<td class="num quiet" title="${reason}">${missing}</td>`
}

/** Loss within every value of every tag. */
export function tagTable(comparison: Comparison): Markup {
  const names = namesOf(comparison)
  const others = candidates(comparison)
  const heads = others.map(
    (variant) => html`<th scope="col" class="num">${nameTag(variant.runVariant, names.get(variant.index) ?? '')}</th>`,
  )
  const rows = comparison.byTag.map(({ tag, value, variants }, place) => {
    const base = variants.find(({ index }) => index === comparison.reference)
    const first = comparison.byTag[place - 1]?.tag !== tag
    const cells = others.map(({ index }) => {
      const loss = variants.find((variant) => variant.index === index)?.difference ?? null
      return html`<td class="num">${intervalText(loss, 'plus')}</td>`
    })
    return html`${
        first
          ? html`<tr class="group">
              <th scope="rowgroup" colspan="${3 + others.length}"><bdi>${tag}</bdi></th>
            </tr>`
          : null
      }
      <tr>
        <th scope="row"><bdi>${value}</bdi></th>
        <td class="num">${countText(base?.n ?? 0)}</td>
        <td class="num">${intervalText(base?.accuracy ?? null)}</td>
        ${cells}
      </tr> `
  })
  return table(
    html`<th scope="col">Prompts</th>
      <th scope="col" class="num">n</th>
      <th scope="col" class="num">Reference right<small>% [95 %]</small></th>
      ${heads}`,
    rows,
  )
}

/** How the thinking of every variant's cells came out. */
export function thinkStateTable(comparison: Comparison): Markup {
  const names = namesOf(comparison)
  const seen = new Set(comparison.variants.flatMap(({ thinkStates: states }) => Object.keys(states)))
  const states = thinkStates.filter((state) => seen.has(state))
  const rows = comparison.variants.map(
    (variant) =>
      html`<tr>
        <th scope="row">${nameTag(variant.runVariant, names.get(variant.index) ?? '')}</th>
        ${states.map((state) => html`<td class="num">${countText(variant.thinkStates[state] ?? 0)}</td>`)}
      </tr> `,
  )
  return table(
    html`<th scope="col">Cells by think state</th>
      ${states.map((state) => html`<th scope="col" class="num">${state}</th>`)}`,
    rows,
    'small',
  )
}
