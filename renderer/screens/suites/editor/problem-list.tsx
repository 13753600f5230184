import { CircleCheck, TriangleAlert } from 'lucide-react'
import { count } from '../../../format/numbers.ts'
import { ErrorNotice } from '../../../ui/region.tsx'
import styles from './editor.module.css'
import { placeText, problemText, type PlacedProblem } from './place-problems.ts'
import type { Checked } from './use-check.ts'
import { promptsText } from '../prompts-text.ts'

/** What is wrong, each with its place; a click goes there. */
export function ProblemList({
  id,
  checked,
  problems,
  onGoTo,
  onFix,
}: {
  readonly id: string
  readonly checked: Checked
  readonly problems: readonly PlacedProblem[]
  readonly onGoTo: (problem: PlacedProblem) => void
  readonly onFix: ((problem: PlacedProblem) => void) | null
}) {
  return (
    <section className={styles['problems']} aria-label="Problems">
      <p id={id} role="status" className={styles['problems-head']}>
        <ProblemSum checked={checked} n={problems.length} />
      </p>
      {checked.error !== null && <ErrorNotice error={checked.error} />}
      {problems.length > 0 && (
        <ul>
          {problems.map((problem, index) => (
            <li key={index}>
              <button type="button" onClick={() => onGoTo(problem)}>
                <b>{placeText(problem)}</b> {problemText(problem)}
              </button>
              {onFix !== null && problem.fix !== null && (
                <button type="button" className={styles['fix']} onClick={() => onFix(problem)}>
                  Change to {problem.fix}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function ProblemSum({ checked: { error, isCurrent, preview }, n }: { readonly checked: Checked; readonly n: number }) {
  if (error !== null) return 'Not checked.'
  if (n > 0) {
    return (
      <>
        <TriangleAlert aria-hidden data-bad />
        <b>{n === 1 ? '1 problem' : `${count(n)} problems`}</b>
        <span className="hint">F8 goes to the next</span>
      </>
    )
  }
  if (preview === null || !isCurrent) return <span className="hint">Checking…</span>
  return (
    <>
      <CircleCheck aria-hidden />
      <span>No problems, {promptsText(preview.summary.n)}.</span>
    </>
  )
}
