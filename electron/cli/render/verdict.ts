import type { Comparison, VariantComparison } from '#shared/domain/comparison.ts'
import { verdictRemark, verdictWords, type Judged } from '#shared/domain/verdict-words.ts'
import { missing } from '#shared/domain/figures.ts'
import type { Style } from './style.ts'

/** The words of the domain in colour, the remark on lines of its own so that the column stays narrow. */
export function verdictCell(judged: Judged, margin: number, style: Style): string {
  const words = verdictWords(judged, margin)
  if (words === null || judged.verdict === null) return missing
  const paint = { pass: style.pass, fail: style.fail, inconclusive: style.open }[judged.verdict]
  const remark = verdictRemark(judged)
  if (remark === null) return paint(words)
  return [paint(words), ...narrow(`(${remark})`).map((line) => style.dim(line))].join('\n')
}

/** Lines of at most 20 characters, broken between words. */
function narrow(text: string): readonly string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const line = lines.at(-1)
    if (line === undefined || line.length + word.length >= 20) return [...lines, word]
    return [...lines.slice(0, -1), `${line} ${word}`]
  }, [])
}

/** Verdicts of the candidates: what `--check` looks at. */
export function candidateVerdicts(comparison: Comparison): readonly VariantComparison['verdict'][] {
  return comparison.variants
    .filter(({ index, runVariant }) => index !== comparison.reference && runVariant.role !== 'repeat')
    .map(({ verdict }) => verdict)
}
