import { CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { count } from '../../../format/numbers.ts'
import { suiteLimits } from '#shared/domain/words.ts'
import { ErrorNotice } from '../../../ui/region.tsx'
import styles from './editor.module.css'
import { placeAdvice, type PlacedAdvice } from './place-advice.ts'
import { placeText, problemText, type PlacedProblem } from './place-problems.ts'
import type { Checked } from './use-check.ts'
import { promptsText } from '../prompts-text.ts'

/** What is wrong, each with its place; a click goes there. */
export function ProblemList({
  id,
  checked,
  problems,
  refusal,
  onGoTo,
  onFix,
  onMend,
}: {
  readonly id: string
  readonly checked: Checked
  readonly problems: readonly PlacedProblem[]
  /** Which save was refused; null where none was. */
  readonly refusal: number | null
  readonly onGoTo: (problem: Pick<PlacedProblem, 'line' | 'column'>) => void
  readonly onFix: ((problem: PlacedProblem) => void) | null
  readonly onMend: ((advice: PlacedAdvice) => void) | null
}) {
  return (
    <section className={styles['problems']} aria-label="Problems">
      <p id={id} role="status" className={styles['problems-head']}>
        <ProblemSum checked={checked} n={problems.length} />
      </p>
      {refusal !== null && problems[0] !== undefined && (
        <p key={refusal} role="alert" className={styles['refusal']}>
          <b>Not saved.</b> {refusalText(problems.length, problems[0])}
        </p>
      )}
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
      {problems.length === 0 && checked.advice.length > 0 && (
        <AdviceList checked={checked} onGoTo={onGoTo} onMend={onMend} />
      )}
    </section>
  )
}

/** What is sound and may be meant otherwise: told, and no reason to refuse the text. */
function AdviceList({
  checked: { advice, text },
  onGoTo,
  onMend,
}: Pick<Parameters<typeof ProblemList>[0], 'checked' | 'onGoTo' | 'onMend'>) {
  return (
    <ul aria-label="Advice">
      {placeAdvice(advice, (text ?? '').split('\n')).map((one, index) => (
        <li key={index} data-advice>
          <Info aria-hidden />
          <button type="button" onClick={() => onGoTo(one)}>
            <b>{placeText(one)}</b> {problemText(one)}
          </button>
          {onMend !== null && one.mend !== null && (
            <button type="button" className={styles['fix']} onClick={() => onMend(one)}>
              Add {one.mend.added}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The lab ends its list where it helps nobody any more: then there may be more. */
function sumText(n: number): string {
  if (n >= suiteLimits.problems) return `The first ${count(n)} problems`
  return n === 1 ? '1 problem' : `${count(n)} problems`
}

const refusalText = (n: number, first: PlacedProblem): string =>
  n === 1 ? `The problem in line ${first.line} comes first.` : `These problems come first, from line ${first.line} on.`

function ProblemSum({ checked: { error, isCurrent, preview }, n }: { readonly checked: Checked; readonly n: number }) {
  if (error !== null) return 'Not checked.'
  if (n > 0) {
    return (
      <>
        <TriangleAlert aria-hidden data-bad />
        <b>{sumText(n)}</b>
        <span className="hint clip">F8 goes to the next</span>
      </>
    )
  }
  if (preview === null || !isCurrent) return <span className="hint">Checking…</span>
  return (
    <>
      <CircleCheck aria-hidden />
      <span>No problems, {promptsText(preview.summary.n)}.</span>
      <span className="hint clip end">Ctrl Space: what may stand here</span>
    </>
  )
}
