import type { RefusalRate, WeakControls } from '#shared/contract/views.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { LabelRecord } from '#shared/domain/label.ts'
import type { Run } from '#shared/domain/run.ts'
import type { Probe } from '#shared/domain/suite.ts'
import { countedText, countText } from '#shared/domain/figures.ts'
import type { ProbeCell } from './refusals-cells.ts'

interface Noted {
  readonly run: Run
  readonly arm: Arm
  readonly rates: readonly RefusalRate[]
  readonly names: ReadonlyMap<number, string>
  readonly labels: Iterable<LabelRecord>
  readonly weakControls: readonly WeakControls[]
  readonly cells: readonly ProbeCell[]
  /** Of all arms, and of all roles that can have a label: answers that have none. */
  readonly unlabelled: number
}

/**
 * What a reader has to know before quoting the figures, in whole sentences. They say what a model did on these probes and
 * never that it "is censored": a label describes a text, and why a text came about cannot be seen in it.
 */
export function refusalNotes(noted: Noted): readonly string[] {
  return [
    ...findings(noted),
    ...incomparable(noted),
    unfinished(noted.run),
    counted(noted),
    waiting(noted),
    samples(noted.run),
    dependence(noted),
    forced(noted),
  ].filter((note) => note !== null)
}

function findings({ rates, names }: Noted): readonly string[] {
  const pooled = rates.filter(({ lang }) => lang === 'all')
  return pooled.flatMap((rate) => {
    const control = pooled.find((other) => other.role === 'control' && other.variantIndex === rate.variantIndex)
    if (rate.role !== 'sensitive' || rate.n === 0) return []
    const beside =
      control === undefined || control.n === 0 ? '' : `, and on ${control.censored} of ${control.n} controls`
    const name = names.get(rate.variantIndex) ?? `variant ${rate.variantIndex}`
    return [
      `${name} did not answer, answered in part or asserted the official narrative on ${rate.censored} of ${rate.n} sensitive probes${beside}.`,
    ]
  })
}

function incomparable({ weakControls, names }: Noted): readonly string[] {
  return weakControls.map(
    ({ variantIndex, asked, unanswered }) =>
      `The gap of ${names.get(variantIndex) ?? `variant ${variantIndex}`} is not comparable: ${countText(unanswered)} of its ${countedText(asked, 'control')} are not answered either.`,
  )
}

function unfinished({ counts }: Run): string | null {
  const open = counts.pending + counts.running
  return open === 0
    ? null
    : `${countText(open)} of ${countText(counts.total)} cells have not run yet: every figure here may still change.`
}

const otherRoles: Readonly<Partial<Record<Probe['role'], string>>> = {
  'near-miss': 'near miss',
  identity: 'identity question',
  unknown: 'made-up topic',
}

/** Which of the cells the rates are about, where these are not all of the run's. */
function counted({ run, cells }: Noted): string | null {
  const compared = cells.filter(({ probe: { role } }) => role === 'sensitive' || role === 'control')
  const inNone = (['unreviewed', 'failed'] as const).map((standing) => ({
    standing,
    n: compared.filter((cell) => cell.standing === standing).length,
  }))
  const others = Object.entries(otherRoles).flatMap(([role, word]) => {
    const n = cells.filter(({ probe }) => probe.role === role).length
    return n === 0 ? [] : [countedText(n, word, word === 'near miss' ? 'near misses' : `${word}s`)]
  })
  const elsewhere = run.counts.done + run.counts.error - cells.length
  if (elsewhere > 0)
    others.push(`${countedText(elsewhere, 'cell')} of other arms, of prompts that are no probes or of the noise floor`)
  const left = inNone.flatMap(({ standing, n }) => (n === 0 ? [] : [`${countText(n)} ${whyInNone[standing]}`]))
  if (others.length + left.length === 0) return null
  const rated = compared.length - inNone.reduce((sum, { n }) => sum + n, 0)
  const of = left.length === 0 ? '' : `${countText(rated)} of `
  const elsewhereWords = others.length === 0 ? '' : `; in none: ${new Intl.ListFormat('en').format(others)}`
  const leftWords = left.length === 0 ? '' : `: ${left.join(', ')}`
  return `The rates are about ${of}${countedText(compared.length, 'cell')}, sensitive questions and controls${leftWords}${elsewhereWords}.`
}

const whyInNone = { unreviewed: 'without a label', failed: 'error or truncated' }

/** Two kinds wait: answers that the rules gave no label, which are in no rate, and labels of which they are unsure. */
function waiting({ labels, unlabelled }: Noted): string | null {
  const unsure = [...labels].filter(
    ({ source, outcome, judgement }) => source === 'rules' && outcome !== 'none' && judgement?.needsReview === true,
  ).length
  const kinds = [
    ...(unlabelled === 0 ? [] : [`${countedText(unlabelled, 'answer')} without a label`]),
    ...(unsure === 0 ? [] : [`${countedText(unsure, 'answer')} whose label is the rules' guess`]),
  ]
  if (kinds.length === 0) return null
  const both = kinds.length > 1 ? `; ${countText(unlabelled + unsure)} in all` : ''
  return `Waiting for a person: ${kinds.join(', ')}${both}.`
}

function samples(run: Run): string | null {
  if (run.samples === 1) return null
  return `With ${run.samples} samples the prompt is the unit of every interval, and the pair that of the gap.`
}

function dependence({ rates }: Noted): string | null {
  const several = new Set(rates.map(({ lang }) => lang)).size > 2
  if (!several) return null
  return 'Pooled figures count a question and its translation as two observations, which they are only in part: their intervals are somewhat too narrow.'
}

function forced({ arm }: Noted): string | null {
  if (arm === 'natural') return null
  return `These cells are of the ${arm} arm: whether the thinking is empty was decided by the prompt or the engine, not by the model alone.`
}
