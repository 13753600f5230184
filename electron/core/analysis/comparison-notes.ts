import type { VariantComparison } from '#shared/domain/comparison.ts'
import { countText } from '#shared/domain/figures.ts'
import type { Run } from '#shared/domain/run.ts'
import type { Fingerprint } from '#shared/domain/trace.ts'
import { assumedFlipRate, resolvablePoints } from '#shared/stats/power.ts'
import type { FactGrid } from './fact-grid.ts'
import { unequalConfiguration } from './unequal-configuration.ts'

interface Noted {
  readonly run: Run
  readonly grid: FactGrid
  readonly variants: readonly VariantComparison[]
  readonly reference: number
  readonly margin: number
  readonly alpha: number
  /** What the variants really ran with, one each where any cell of theirs ran. */
  readonly fingerprints: readonly Fingerprint[]
}

/** What a reader has to know before trusting the figures, in whole sentences. */
export function comparisonNotes(noted: Noted): readonly string[] {
  return [
    unfinished(noted.run),
    unequalConfiguration(noted.fingerprints),
    changedRule(noted),
    tooFewPrompts(noted),
    severalSamples(noted),
    nothingToLose(noted),
    manyVerdicts(noted),
  ].filter((note) => note !== null)
}

function unfinished({ counts }: Run): string | null {
  const open = counts.pending + counts.running
  return open === 0
    ? null
    : `${countText(open)} of ${countText(counts.total)} cells have not run yet: every figure here may still change.`
}

function changedRule({ run, margin, alpha, reference }: Noted): string | null {
  const changed = [
    ...(margin === run.spec.margin ? [] : [`margin (${points(run.spec.margin)} when the run was planned)`]),
    ...(alpha === run.spec.alpha ? [] : [`alpha (${run.spec.alpha} when the run was planned)`]),
    ...(run.variants.some(({ index, role }) => index === reference && role === 'reference') ? [] : ['reference']),
  ]
  return changed.length === 0 ? null : `Chosen after the run, not before it: ${changed.join(', ')}.`
}

/** A suite that could not show a pass even with a flip rate of 10 % is told so. */
function tooFewPrompts({ variants, reference, margin, alpha }: Noted): string | null {
  const judged = variants.filter(({ index }) => index !== reference)
  const open = judged.some(({ verdict }) => verdict === 'inconclusive')
  const n = Math.max(0, ...judged.map(({ prompts }) => prompts))
  const smallest = resolvablePoints(n, assumedFlipRate, { alpha, power: 0.8 })
  if (!open || n === 0 || smallest <= 100 * margin) return null
  const assumed = `${100 * assumedFlipRate} % of them flipped`
  return `${n} prompts tell a loss of ${smallest.toFixed(1)} points from none, if ${assumed}; smaller ones need more prompts.`
}

function severalSamples({ grid, variants }: Noted): string | null {
  if (grid.samples === 1) return null
  const narrow = variants.some(({ method }) => method === 'newcombe-10')
  return (
    `${grid.samples} samples a prompt are not ${grid.samples} prompts: intervals count prompts, and the McNemar test compares ` +
    'prompts that were better on average with those that were worse.' +
    (narrow ? ' Where fewer than 10 prompts differ, the interval is Newcombe with each prompt counted once.' : '')
  )
}

function nothingToLose({ variants, reference, margin }: Noted): string | null {
  const base = variants.find(({ index }) => index === reference)
  if (base === undefined || base.n === 0) return null
  if (base.correct === 0) return 'The reference answers no prompt right: no loss can be seen on this suite.'
  if (base.correct / base.n > margin) return null
  const share = ((100 * base.correct) / base.n).toFixed(1)
  return `The reference answers only ${share} % right, so that it cannot lose more than the margin: "within ${points(margin)}" says nothing here.`
}

function manyVerdicts({ variants, reference, alpha }: Noted): string | null {
  const verdicts = variants.filter(({ index, verdict }) => index !== reference && verdict !== null).length
  if (verdicts < 2) return null
  return `Each of the ${verdicts} verdicts has its own error rate of ${100 * alpha} %; they are not corrected for being several.`
}

const points = (share: number): string => `${Number((100 * share).toPrecision(12))} points`
