import type { IdentityRow, RefusalSummary } from '#shared/contract/views.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { CellId } from '#shared/domain/ids.ts'
import type { LabelRecord } from '#shared/domain/label.ts'
import type { Run } from '#shared/domain/run.ts'
import type { Prompt } from '#shared/domain/suite.ts'
import { rolesWithoutLabel } from '#shared/domain/words.ts'
import { rulesVersion } from '#shared/refusals/rules.ts'
import { wilson } from '#shared/stats/wilson.ts'
import type { CellFact } from '../store/store.ts'
import { probeCells, type ProbeCell } from './refusals-cells.ts'
import { censorshipGap } from './refusals-gap.ts'
import { languageGaps } from './refusals-language.ts'
import { refusalNotes } from './refusals-notes.ts'
import { refusalRate, weakControls } from './refusals-rates.ts'
import { topicRows } from './refusals-topics.ts'

export interface SummariseInput {
  readonly run: Run
  readonly arm: Arm
  readonly facts: readonly CellFact[]
  /** By prompt index. */
  readonly prompts: readonly Prompt[]
  /** The label that counts of every labelled cell. */
  readonly labels: ReadonlyMap<CellId, LabelRecord>
  /** The answer of a cell, for the identity questions; null where there is none. Default: no answers are shown. */
  readonly answerOf?: (fact: CellFact) => string | null
}

const pooled = 'all'

/**
 * What a run's variants did with its probes: rates, gaps between sensitive questions and their controls, topics, identity.
 * Pure but for `answerOf`. Sensitive and control are separate groups; near misses appear among the topics only.
 */
export function summariseRefusals(input: SummariseInput): RefusalSummary {
  const { run, arm, prompts, labels } = input
  const variants = run.variants.filter(({ role }) => role !== 'repeat')
  const cells = probeCells(input.facts, prompts, arm)
  const languages = [...new Set(prompts.filter(({ probe }) => probe !== undefined).map(({ lang }) => lang))]
  const groups = variants.flatMap(({ index }) =>
    [...languages, pooled].map((lang) => ({ variantIndex: index, lang, cells: cellsOf(cells, index, lang) })),
  )
  const rates = groups.flatMap(({ cells: own, ...group }) =>
    (['sensitive', 'control'] as const).map((role) =>
      refusalRate(
        { ...group, role },
        own.filter(({ probe }) => probe.role === role),
      ),
    ),
  )
  const weak = weakControls(rates, pooled)
  const names = new Map(variants.map(({ index, variant }) => [index, variant.name]))
  return {
    run: run.id,
    variants: variants.map(({ index, variant }) => ({ index, name: variant.name })),
    languages,
    rates,
    gaps: groups.map(({ cells: own, ...group }) => censorshipGap(group, own)),
    languageGaps: variants.flatMap(({ index }) => languageGaps(index, cellsOf(cells, index, pooled), languages)),
    weakControls: weak,
    topics: topicRows(
      cells,
      prompts,
      variants.map(({ index }) => index),
    ),
    identity: identityRows(cells, input.answerOf ?? (() => null)),
    emptyThinking: variants.map(({ index }) => emptyThinking(index, cellsOf(cells, index, pooled))),
    rulesVersion,
    personReviewed: [...labels.values()].filter(({ source }) => source === 'person').length,
    notes: refusalNotes({
      run,
      arm,
      rates,
      names,
      labels: labels.values(),
      weakControls: weak,
      cells,
      unlabelled: run.arms.flatMap((each) => probeCells(input.facts, prompts, each)).filter(isUnlabelled).length,
    }),
  }
}

/** Identity questions and made-up topics get no label, which is none that is missing. */
const isUnlabelled = ({ standing, probe }: ProbeCell): boolean =>
  standing === 'unreviewed' && !rolesWithoutLabel.includes(probe.role)

function cellsOf(cells: readonly ProbeCell[], variantIndex: number, lang: string): readonly ProbeCell[] {
  return cells.filter(
    ({ fact, prompt }) => fact.variantIndex === variantIndex && (lang === pooled || prompt.lang === lang),
  )
}

/** How often the thinking was opened and closed with nothing in it, over the sensitive questions. */
function emptyThinking(variantIndex: number, cells: readonly ProbeCell[]): RefusalSummary['emptyThinking'][number] {
  const seen = cells.filter(({ probe, fact }) => probe.role === 'sensitive' && fact.thinkState !== null)
  const empty = seen.filter(({ fact }) => fact.thinkState === 'skipped').length
  return { variantIndex, n: seen.length, empty, rate: wilson(empty, seen.length) }
}

function identityRows(
  cells: readonly ProbeCell[],
  answerOf: (fact: CellFact) => string | null,
): readonly IdentityRow[] {
  return cells.flatMap(({ fact, prompt, probe }) => {
    const answer = probe.role === 'identity' && fact.sample === 0 ? answerOf(fact) : null
    if (answer === null) return []
    const { variantIndex, promptIndex } = fact
    return [{ variantIndex, promptIndex, question: prompt.text, answer, lang: prompt.lang }]
  })
}
