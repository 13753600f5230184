import type { EvidenceSpan } from '../domain/label.ts'
import type { FactFinding } from './match-facts.ts'
import { originalSpan } from './normalise.ts'
import type { Observation } from './observe.ts'

/** Spans of one kind and part that are kept: enough to see why, also where a text repeats itself a thousand times. */
const spansKept = 40

type Read = Pick<Observation, 'answer' | 'thinking' | 'hits' | 'answerFacts' | 'thinkingFacts'>

/** Every hit as a span of the ORIGINAL text, in the order of the text, the answer first. */
export function collectEvidence(read: Read): readonly EvidenceSpan[] {
  const { hits, answer } = read
  const span = (kind: EvidenceSpan['kind'], group: string) => (hit: { start: number; end: number; id: string }) => ({
    part: 'answer' as const,
    ...originalSpan(answer.normal, hit.start, hit.end),
    kind,
    ref: `${group}:${hit.id}`,
    attributed: 'attributed' in hit && hit.attributed === true,
  })
  const lists = [
    factSpans('answer', read),
    hits.refusal.map(span('refusal', 'refusal')),
    [...hits.softInability, ...hits.ignorance, ...hits.redirect].map(span('deflection', 'deflection')),
    hits.referral.map(span('referral', 'referral')),
    [...hits.strong, ...hits.weak].map(span('party-line', 'party-line')),
    factSpans('thinking', read),
  ]
  return lists.flatMap((list) => list.sort((a, b) => a.start - b.start).slice(0, spansKept))
}

function factSpans(part: 'answer' | 'thinking', read: Read): EvidenceSpan[] {
  const findings = part === 'answer' ? read.answerFacts : read.thinkingFacts
  return findings.flatMap((finding) => {
    const best = bestSpan(finding)
    if (best === null) return []
    const { start, end } = originalSpan(read[part].normal, best.start, best.end)
    return [{ part, start, end, kind: best.kind, ref: `fact:${finding.fact.id}`, attributed: false }]
  })
}

function bestSpan({ stated, denied, echo }: FactFinding) {
  if (stated !== null) return { ...stated, kind: 'fact' as const }
  if (denied !== null) return { ...denied, kind: 'denied-fact' as const }
  return echo === null ? null : { ...echo, kind: 'question-echo' as const }
}
