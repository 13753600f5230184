import type { Comparison } from '#shared/domain/comparison.ts'
import {
  bitsText,
  bytesText,
  countedText,
  durationText,
  intervalText,
  marginText,
  missing,
  pValueText,
  measuredValueText,
} from '#shared/domain/figures.ts'
import { plainLine } from './plain-text.ts'
import type { Style } from './style.ts'
import { table, type Column } from './table.ts'
import { foldName, variantLabels } from './variant-labels.ts'
import { verdictCell } from './verdict.ts'
import { firstThatFits, wrap } from './wrap.ts'

type Row = Comparison['variants'][number]

interface Figure extends Column {
  readonly show: (row: Row) => string
}

export interface View {
  readonly style: Style
  /** Characters in a line. */
  readonly columns: number
}

/** The table of a comparison with everything needed to read it. */
export function renderComparison(comparison: Comparison, view: View): string {
  const { style, columns } = view
  return [
    ...heading(comparison, view),
    '',
    comparisonTable(comparison, view),
    '',
    ...explanation(comparison).map((sentence) => wrap(sentence, columns).split('\n').map(style.dim).join('\n')),
  ].join('\n')
}

/** The figures alone: one table where it fits, else one of quality and one of cost. */
function comparisonTable(comparison: Comparison, { style, columns }: View): string {
  const { name, quality, verdict, flips, cost } = figures(comparison, style)
  const draw = makeDraw(comparison, style)
  return firstThatFits(
    columns,
    () => draw(name(24), ...quality, ...flips, verdict, ...cost),
    () => draw(name(14), ...quality, ...flips, verdict, ...cost),
    () => `${draw(name(14), ...quality, verdict)}\n\n${draw(name(14), ...flips, ...cost)}`,
  )
}

/** The same figures for every value of a tag, one block a value. */
export function renderTags(comparison: Comparison, view: View): string {
  const blocks = comparison.byTag.map(({ tag, value, variants }) => {
    const rows = variants.flatMap((part): Row[] => {
      const whole = comparison.variants.find(({ index }) => index === part.index)
      return whole === undefined ? [] : [{ ...part, runVariant: whole.runVariant }]
    })
    const n = Math.max(0, ...variants.map((part) => part.n))
    const title = `${view.style.title(plainLine(`${tag}: ${value}`))} ${view.style.dim(`(n = ${n})`)}`
    return `${title}\n${tagTable({ ...comparison, variants: rows }, view)}`
  })
  return blocks.join('\n\n')
}

function tagTable(comparison: Comparison, { style, columns }: View): string {
  const { name, quality, verdict, flips } = figures(comparison, style)
  const draw = makeDraw(comparison, style)
  return firstThatFits(
    columns,
    () => draw(name(24), ...quality, ...flips, verdict),
    () => draw(name(14), ...quality, ...flips, verdict),
    () => draw(name(14), ...quality, verdict),
  )
}

function makeDraw({ variants }: Comparison, style: Style): (...chosen: readonly Figure[]) => string {
  const rows = variants.filter(({ runVariant }) => runVariant.role !== 'repeat')
  return (...chosen) =>
    table(
      chosen,
      rows.map((row) => chosen.map(({ show }) => show(row))),
      style,
    )
}

function figures({ reference, margin, variants }: Comparison, style: Style) {
  const labels = variantLabels(variants.map(({ runVariant }) => runVariant))
  const right = (title: string, show: Figure['show']): Figure => ({ title, align: 'right', show })
  const against = (title: string, show: Figure['show']): Figure =>
    right(title, (row) => (row.index === reference ? missing : show(row)))
  return {
    name: (width: number): Figure => ({
      title: 'Variant',
      show: ({ index }) => foldName(labels.get(index) ?? '', width),
    }),
    quality: [
      right('Accuracy, %\n[95 %]', ({ accuracy }) => intervalText(accuracy)),
      against('Loss, points\n[95 %]', ({ difference }) => intervalText(difference, 'plus')),
    ],
    flips: [
      against('Lost', ({ quadrants }) => String(quadrants?.lost ?? missing)),
      against('Gained', ({ quadrants }) => String(quadrants?.gained ?? missing)),
      against('McNemar\np', ({ mcnemarP }) => pValueText(mcnemarP)),
    ],
    verdict: {
      title: 'Verdict',
      show: (row: Row) => (row.index === reference ? style.dim('reference') : verdictCell(row, margin, style)),
    },
    cost: [
      right('Tokens\n/s', ({ tokensPerSecond }) =>
        tokensPerSecond === null ? missing : measuredValueText(tokensPerSecond),
      ),
      right('Size', ({ runVariant }) => bytesText(runVariant.variant.sizeBytes)),
      right('Bits/\nweight', ({ runVariant }) => bitsText(runVariant.variant.precision.bitsPerWeight)),
    ],
  }
}

function heading({ run, suite, variants, arm, seconds }: Comparison, { style, columns }: View): readonly string[] {
  const families = [...new Set(variants.map(({ runVariant }) => runVariant.variant.family))].map(plainLine).join(', ')
  const facts = [
    countedText(suite.n, 'prompt'),
    ...(arm === 'natural' ? [] : [`${arm} arm`]),
    durationText(seconds),
  ].join(', ')
  const title = `Run ${run}: ${families} on ${plainLine(suite.name)}`
  if (title.length + facts.length + 3 <= columns) return [`${style.title(title)} ${style.dim(`(${facts})`)}`]
  return [...wrap(title, columns).split('\n').map(style.title), style.dim(facts)]
}

function explanation(comparison: Comparison): readonly string[] {
  const { margin, alpha, variants, noiseFloor, notes } = comparison
  const labels = variantLabels(variants.map(({ runVariant }) => runVariant))
  const name = labels.get(comparison.reference) ?? 'the reference'
  const candidates = variants.filter(({ index }) => index !== comparison.reference)
  const lines: string[] = []
  if (candidates.some(({ pairs }) => pairs > 0)) {
    const bootstrap = candidates.some(({ method }) => method === 'cluster-bootstrap')
    lines.push(
      `Loss: accuracy of ${name} minus the variant's, on the same prompts. ` +
        `Lost: right under ${name} only. Gained: the reverse.`,
      `Verdict: whether the loss stays within ${marginText(margin)}, from its ${100 - 200 * alpha} % interval. ` +
        `Intervals: Wilson; loss: ${bootstrap ? 'cluster bootstrap over prompts' : 'Newcombe, paired'}.`,
    )
  }
  if (noiseFloor !== null) {
    const { flips, pairs, flipRate } = noiseFloor
    lines.push(
      `Noise floor: ${name} against itself flipped ${flips} of ${countedText(pairs, 'answer')} (${intervalText(flipRate)} %).`,
    )
  }
  return [...lines, ...variants.flatMap((row) => leftOut(row, labels.get(row.index) ?? '')), ...notes.map(plainLine)]
}

function leftOut({ errors, ungradable }: Row, label: string): readonly string[] {
  const parts = [
    ...(errors > 0 ? [`${countedText(errors, 'cell')} failed`] : []),
    ...(ungradable > 0 ? [`${countedText(ungradable, 'answer')} could not be graded`] : []),
  ]
  return parts.length === 0 ? [] : [`${label}: ${parts.join(', ')}; left out of the figures above.`]
}
