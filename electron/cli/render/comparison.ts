import { stripVTControlCharacters } from 'node:util'
import type { Comparison, VariantComparison } from '#shared/domain/comparison.ts'
import { bits, bytes, counted, duration, interval, none, points, pValue, rate } from './format.ts'
import { plainLine } from './plain-text.ts'
import type { Style } from './style.ts'
import { table, type Column } from './table.ts'
import { foldName, variantLabels } from './variant-labels.ts'
import { verdictCell } from './verdict.ts'

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
  return [
    heading(comparison, view.style),
    '',
    comparisonTable(comparison, view),
    '',
    ...explanation(comparison).map(view.style.dim),
  ].join('\n')
}

/** The figures alone: one table where it fits, else one of quality and one of cost. */
export function comparisonTable(comparison: Comparison, view: View): string {
  const { name, quality, verdict, flips, cost } = figures(comparison, view)
  const rows = comparison.variants.filter(({ runVariant }) => runVariant.role !== 'repeat')
  const draw = (...chosen: Figure[]) =>
    table(
      chosen,
      rows.map((row) => chosen.map(({ show }) => show(row))),
      view.style,
    )
  const whole = draw(name, ...quality, ...flips, verdict, ...cost)
  if (widest(whole) <= view.columns) return whole
  return `${draw(name, ...quality, verdict)}\n\n${draw(name, ...flips, ...cost)}`
}

function figures({ reference, margin, variants }: Comparison, { style, columns }: View) {
  const labels = variantLabels(variants.map(({ runVariant }) => runVariant))
  const nameWidth = columns < 100 ? 14 : 20
  const right = (title: string, show: Figure['show']): Figure => ({ title, align: 'right', show })
  const unlessReference = (show: Figure['show']) => (row: Row) => (row.index === reference ? none : show(row))
  return {
    name: {
      title: 'Variant',
      show: ({ index }: Row) => foldName(labels.get(index) ?? '', nameWidth),
    },
    quality: [
      right('Accuracy, %\n[95 %]', ({ accuracy }) => interval(accuracy)),
      right(
        'Loss, points\n[95 %]',
        unlessReference(({ difference }) => interval(difference)),
      ),
    ],
    flips: [
      right(
        'Lost',
        unlessReference(({ quadrants }) => String(quadrants?.lost ?? none)),
      ),
      right(
        'Gained',
        unlessReference(({ quadrants }) => String(quadrants?.gained ?? none)),
      ),
      right(
        'McNemar\np',
        unlessReference(({ mcnemarP }) => pValue(mcnemarP)),
      ),
    ],
    verdict: {
      title: 'Verdict',
      show: (row: Row) => (row.index === reference ? style.dim('reference') : verdictCell(row, margin, style)),
    },
    cost: [
      right('Tokens\n/s', ({ tokensPerSecond }) => rate(tokensPerSecond)),
      right('Size', ({ runVariant }) => bytes(runVariant.variant.sizeBytes)),
      right('Bits/\nweight', ({ runVariant }) => bits(runVariant.variant.precision.bitsPerWeight)),
    ],
  }
}

function heading({ run, suite, variants, arm, seconds }: Comparison, style: Style): string {
  const families = [...new Set(variants.map(({ runVariant }) => runVariant.variant.family))].map(plainLine).join(', ')
  const facts = [counted(suite.n, 'prompt'), ...(arm === 'natural' ? [] : [`${arm} arm`]), duration(seconds)]
  return `${style.title(`Run ${run}: ${families} on ${plainLine(suite.name)}`)} ${style.dim(`(${facts.join(', ')})`)}`
}

function explanation(comparison: Comparison): readonly string[] {
  const { margin, alpha, variants, noiseFloor, notes } = comparison
  const candidates = variants.filter(({ index }) => index !== comparison.reference)
  const name = referenceName(comparison)
  const lines: string[] = []
  if (candidates.some(({ pairs }) => pairs > 0)) {
    const bootstrap = candidates.some(({ method }) => method === 'cluster-bootstrap')
    lines.push(
      `Loss: accuracy of ${name} minus the variant's, on the same prompts. Lost: right under ${name} only. Gained: the reverse.`,
      `Verdict: whether the loss stays within ${points(margin)}, from its ${100 - 200 * alpha} % interval. ` +
        `Intervals: Wilson; loss: ${bootstrap ? 'cluster bootstrap over prompts' : 'Newcombe, paired'}.`,
    )
  }
  if (noiseFloor !== null) {
    lines.push(
      `Noise floor: ${name} against itself flipped ${noiseFloor.flips} of ${counted(noiseFloor.pairs, 'prompt')}` +
        ` (${interval(noiseFloor.flipRate)} %).`,
    )
  }
  return [...lines, ...variants.flatMap((row) => leftOut(row, comparison)), ...notes.map(plainLine)]
}

function referenceName({ variants, reference }: Comparison): string {
  return variantLabels(variants.map(({ runVariant }) => runVariant)).get(reference) ?? 'the reference'
}

function leftOut(row: VariantComparison & Row, { variants }: Comparison): readonly string[] {
  const label = variantLabels(variants.map(({ runVariant }) => runVariant)).get(row.index) ?? ''
  const parts = [
    ...(row.errors > 0 ? [`${counted(row.errors, 'cell')} failed`] : []),
    ...(row.ungradable > 0 ? [`${counted(row.ungradable, 'answer')} could not be graded`] : []),
  ]
  return parts.length === 0 ? [] : [`${label}: ${parts.join(', ')}; left out of the figures above.`]
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

function tagTable(comparison: Comparison, view: View): string {
  const { name, quality, verdict, flips } = figures(comparison, view)
  const chosen: readonly Figure[] = [name, ...quality, ...flips, verdict]
  const narrow: readonly Figure[] = [name, ...quality, verdict]
  const rows = comparison.variants.filter(({ runVariant }) => runVariant.role !== 'repeat')
  const draw = (picked: readonly Figure[]) =>
    table(
      picked,
      rows.map((row) => picked.map(({ show }) => show(row))),
      view.style,
    )
  const whole = draw(chosen)
  return widest(whole) <= view.columns ? whole : draw(narrow)
}

/** Characters in the longest line as a terminal shows it. */
export const widest = (text: string): number =>
  Math.max(...text.split('\n').map((line) => stripVTControlCharacters(line).length))
