import type { RefusalRate } from '#shared/contract/views.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { LabelRecord } from '#shared/domain/label.ts'
import type { Run } from '#shared/domain/run.ts'

interface Noted {
  readonly run: Run
  readonly arm: Arm
  readonly rates: readonly RefusalRate[]
  readonly names: ReadonlyMap<number, string>
  readonly labels: Iterable<LabelRecord>
}

/**
 * What a reader has to know before quoting the figures, in whole sentences. They say what a model did on these probes and
 * never that it "is censored": a label describes a text, and why a text came about cannot be seen in it.
 */
export function refusalNotes(noted: Noted): readonly string[] {
  return [
    ...findings(noted),
    unfinished(noted.run),
    ...waiting(noted),
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

function waiting({ rates, labels }: Noted): readonly string[] {
  const unreviewed = rates.filter(({ lang }) => lang === 'all').reduce((sum, rate) => sum + rate.unreviewed, 0)
  const unsure = [...labels].filter(
    ({ source, outcome, judgement }) => source === 'rules' && outcome !== 'none' && judgement?.needsReview === true,
  ).length
  return [
    ...(unreviewed === 0
      ? []
      : [
          unreviewed === 1
            ? 'The rules gave no label to 1 answer: it is in no rate, and waits for a person.'
            : `The rules gave no label to ${unreviewed} answers: they are in no rate, and wait for a person.`,
        ]),
    ...(unsure === 0
      ? []
      : [
          unsure === 1
            ? "1 label is the rules' guess and waits for a person."
            : `${unsure} labels are the rules' guess and wait for a person.`,
        ]),
  ]
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
