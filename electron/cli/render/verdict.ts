import type { Comparison, VariantComparison } from '#shared/domain/comparison.ts'
import { count, none, points } from './format.ts'
import type { Style } from './style.ts'

type Judged = Pick<VariantComparison, 'verdict' | 'promptsNeeded' | 'prompts'>

/** `within 2 points`, `worse than 2 points`, `cannot tell yet (about 900 more prompts)`. */
export function verdictWords(judged: Judged, margin: number): string {
  if (judged.verdict === null) return none
  if (judged.verdict === 'pass') return `within ${points(margin)}`
  if (judged.verdict === 'fail') return `worse than ${points(margin)}`
  const more = judged.promptsNeeded === null ? 0 : twoDigits(judged.promptsNeeded - judged.prompts)
  return more > 0 ? `cannot tell yet (about ${count(more)} more prompts)` : 'cannot tell yet'
}

/** The same in colour, its remark on lines of its own so that the column stays narrow. */
export function verdictCell(judged: Judged, margin: number, style: Style): string {
  const words = verdictWords(judged, margin)
  if (judged.verdict === null) return words
  const paint = { pass: style.pass, fail: style.fail, inconclusive: style.open }[judged.verdict]
  const remark = words.indexOf(' (')
  if (remark === -1) return paint(words)
  const [first, ...rest] = words.slice(remark + 1).split(' more ')
  return [paint(words.slice(0, remark)), style.dim(`${first} more`), style.dim(rest.join(' more '))].join('\n')
}

/** Verdicts of the candidates: what `--check` looks at. */
export function candidateVerdicts(comparison: Comparison): readonly VariantComparison['verdict'][] {
  return comparison.variants
    .filter(({ index, runVariant }) => index !== comparison.reference && runVariant.role !== 'repeat')
    .map(({ verdict }) => verdict)
}

function twoDigits(value: number): number {
  return value < 100 ? Math.ceil(value) : Number(value.toPrecision(2))
}
