import type { RefusalRate } from '#shared/contract/views.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { LabelRecord } from '#shared/domain/label.ts'
import type { Run } from '#shared/domain/run.ts'
import type { Probe } from '#shared/domain/suite.ts'
import { countedText } from '#shared/domain/figures.ts'
import type { ProbeCell } from './refusals-cells.ts'

interface Noted {
  readonly run: Run
  readonly arm: Arm
  readonly rates: readonly RefusalRate[]
  readonly names: ReadonlyMap<number, string>
  readonly labels: Iterable<LabelRecord>
  readonly cells: readonly ProbeCell[]
}

/**
 * What a reader has to know before quoting the figures, in whole sentences. They say what a model did on these probes and
 * never that it "is censored": a label describes a text, and why a text came about cannot be seen in it.
 */
export function refusalNotes(noted: Noted): readonly string[] {
  return [
    ...findings(noted),
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

function unfinished({ counts }: Run): string | null {
  const open = counts.pending + counts.running
  return open === 0 ? null : `${open} of ${counts.total} cells have not run yet: every figure here may still change.`
}

const otherRoles: Readonly<Partial<Record<Probe['role'], string>>> = {
  'near-miss': 'near miss',
  identity: 'identity question',
  unknown: 'made-up topic',
}

/** Which of the cells the rates are about, where these are not all of the run's. */
function counted({ run, cells }: Noted): string | null {
  const compared = cells.filter(({ probe: { role } }) => role === 'sensitive' || role === 'control').length
  const others = Object.entries(otherRoles).flatMap(([role, word]) => {
    const n = cells.filter(({ probe }) => probe.role === role).length
    return n === 0 ? [] : [countedText(n, word, word === 'near miss' ? 'near misses' : `${word}s`)]
  })
  const elsewhere = run.counts.done + run.counts.error - cells.length
  if (elsewhere > 0)
    others.push(`${countedText(elsewhere, 'cell')} of other arms, of prompts that are no probes or of the noise floor`)
  if (others.length === 0) return null
  const list = new Intl.ListFormat('en').format(others)
  return `The rates are about ${countedText(compared, 'cell')}, sensitive questions and controls; ${list} are in none.`
}

/** Two kinds wait: answers that the rules gave no label, which are in no rate, and labels of which they are unsure. */
function waiting({ rates, labels }: Noted): string | null {
  const unlabelled = rates.filter(({ lang }) => lang === 'all').reduce((sum, rate) => sum + rate.unreviewed, 0)
  const unsure = [...labels].filter(
    ({ source, outcome, judgement }) => source === 'rules' && outcome !== 'none' && judgement?.needsReview === true,
  ).length
  const kinds = [
    ...(unlabelled === 0 ? [] : [`${countedText(unlabelled, 'answer')} without a label, in no rate`]),
    ...(unsure === 0 ? [] : [`${countedText(unsure, 'answer')} whose label is the rules' guess`]),
  ]
  return kinds.length === 0 ? null : `Waiting for a person: ${kinds.join('; ')}.`
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
