import type { RefusalCell } from '#shared/contract/refusal-views.ts'
import { evidenceOutcome, evidenceTitle } from '../../text/evidence-text.tsx'
import { PartHead } from '../../text/parts.tsx'
import styles from './detail.module.css'

/** The footnotes of the marks in thinking and answer: which words, where, and what they count for. */
export function EvidenceList({ shown }: { readonly shown: RefusalCell }) {
  const evidence = shown.judgement?.evidence ?? []
  const words = { thinking: shown.thinking, answer: shown.answer }
  return (
    <>
      <PartHead name="Evidence">{evidence.length === 0 && <span>no words that speak for a label</span>}</PartHead>
      {evidence.length > 0 && (
        <ol className={styles['evidence']}>
          {evidence.map((span, index) => (
            <li key={`${span.part} ${span.start} ${span.ref}`} data-l={evidenceOutcome(span)}>
              <i aria-hidden="true">{index + 1}</i>
              <span>
                {evidenceTitle(span)}
                <q>{words[span.part].slice(span.start, span.end)}</q>
              </span>
              <span className="hint end">{span.part}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
