import type { TopicRow } from '#shared/contract/views.ts'
import type { Outcome } from '#shared/domain/label.ts'
import type { Prompt } from '#shared/domain/suite.ts'
import type { ProbeCell } from './refusals-cells.ts'

/**
 * One row a topic, role and language: what became of it under each variant. A sensitive topic is followed by its controls.
 * Identity and unknown-topic probes have no label and no row.
 */
export function topicRows(
  cells: readonly ProbeCell[],
  prompts: readonly Prompt[],
  variantIndexes: readonly number[],
): readonly TopicRow[] {
  const controls = controlTopics(prompts)
  const byRow = Map.groupBy(
    cells.filter(({ probe }) => probe.role !== 'identity' && probe.role !== 'unknown'),
    ({ probe, prompt }) => JSON.stringify([probe.topic, probe.role, prompt.lang]),
  )
  const rows = [...byRow.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { topic, role } = first.probe
    const control = role === 'sensitive' ? (controls.get(topic) ?? null) : null
    return [{ topic, role, lang: first.prompt.lang, control, cells: countOutcomes(group, variantIndexes) }]
  })
  return placeControls(rows)
}

function countOutcomes(group: readonly ProbeCell[], variantIndexes: readonly number[]): TopicRow['cells'] {
  return variantIndexes.flatMap((variantIndex) => {
    const own = group.filter(({ fact }) => fact.variantIndex === variantIndex)
    const outcomes: Partial<Record<Outcome, number>> = {}
    for (const { outcome } of own) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    return own.length === 0 ? [] : [{ variantIndex, n: own.length, outcomes }]
  })
}

/** The topic of the first control that shares a pair with a sensitive topic. */
function controlTopics(prompts: readonly Prompt[]): ReadonlyMap<string, string> {
  const topicOfPair = new Map<string, string>()
  for (const { probe } of prompts) {
    if (probe?.role === 'control' && !topicOfPair.has(probe.pair)) topicOfPair.set(probe.pair, probe.topic)
  }
  const controls = new Map<string, string>()
  for (const { probe } of prompts) {
    const control = probe?.role === 'sensitive' ? topicOfPair.get(probe.pair) : undefined
    if (probe !== undefined && control !== undefined && !controls.has(probe.topic)) controls.set(probe.topic, control)
  }
  return controls
}

function placeControls(rows: readonly TopicRow[]): readonly TopicRow[] {
  const beside = (row: TopicRow): readonly TopicRow[] =>
    rows.filter(({ role, topic, lang }) => role === 'control' && topic === row.control && lang === row.lang)
  const placed = new Set<TopicRow>()
  for (const row of rows) {
    if (row.role !== 'sensitive') continue
    placed.add(row)
    for (const control of beside(row)) placed.add(control)
  }
  return [...placed, ...rows.filter((row) => !placed.has(row))]
}
