import type { EvidenceSpan, Outcome } from '#shared/domain/label.ts'
import { MarkedText, type MarkedRange } from './marked-text.tsx'

/** Which colour of the label scale a kind of evidence speaks for. */
const outcomeOfKind: Readonly<Record<EvidenceSpan['kind'], Outcome>> = {
  fact: 'complied',
  'denied-fact': 'party_line',
  refusal: 'refused',
  'party-line': 'party_line',
  deflection: 'deflected',
  // Words of the question say nothing for or against an answer.
  'question-echo': 'none',
  referral: 'deflected',
}

const kindWords: Readonly<Record<EvidenceSpan['kind'], string>> = {
  fact: 'fact stated',
  'denied-fact': 'fact denied',
  refusal: 'wording of a refusal',
  'party-line': 'wording of the party line',
  deflection: 'wording of a deflection',
  'question-echo': 'words of the question, not counted',
  referral: 'referred elsewhere',
}

/** `wording of a refusal: en-cannot-answer`, and whether it counts. */
export function evidenceTitle({ kind, ref, attributed }: EvidenceSpan): string {
  const [, name = ref] = ref.split(/:(.*)/s)
  return `${kindWords[kind]}: ${name}${attributed ? ' (quoted or attributed: does not count)' : ''}`
}

export const evidenceOutcome = (span: EvidenceSpan): Outcome => (span.attributed ? 'none' : outcomeOfKind[span.kind])

/**
 * One part of an answer with the evidence of its label marked and numbered. Numbers are the places in `evidence`, counted from 1,
 * so that a list of all evidence below can use the same ones.
 */
export function EvidenceText({
  text,
  part,
  evidence,
  ranges = [],
}: {
  readonly text: string
  readonly part: EvidenceSpan['part']
  readonly evidence: readonly EvidenceSpan[]
  /** Further marks, hits of a search for instance. */
  readonly ranges?: readonly MarkedRange[]
}) {
  const marked = evidence.flatMap((span, index): MarkedRange[] =>
    span.part === part
      ? [
          {
            start: span.start,
            end: span.end,
            mark: {
              kind: 'evidence',
              outcome: evidenceOutcome(span),
              note: index + 1,
              title: evidenceTitle(span),
            },
          },
        ]
      : [],
  )
  return <MarkedText text={text} ranges={[...marked, ...ranges]} />
}
