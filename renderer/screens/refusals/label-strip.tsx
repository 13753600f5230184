import type { Outcome } from '#shared/domain/label.ts'
import { outcomeLetters, outcomeWords } from '#shared/domain/label-words.ts'
import styles from './map.module.css'

/** Furthest from an answer first; what cannot be judged between withheld and answered. */
const stripOrder: readonly Outcome[] = [
  'refused',
  'party_line',
  'deflected',
  'partial',
  'error',
  'truncated',
  'none',
  'complied',
]

type Counts = Readonly<Partial<Record<Outcome, number>>>

/** Labels of n answers as one strip, as wide as they are many. Letter and count stand in each piece that has room. */
export function LabelStrip({ outcomes, n }: { readonly outcomes: Counts; readonly n: number }) {
  const pieces = stripOrder.flatMap((outcome) => {
    const count = outcomes[outcome] ?? 0
    return count === 0 ? [] : [{ outcome, count }]
  })
  return (
    <span className={styles['strip']} aria-hidden="true">
      {pieces.map(({ outcome, count }) => (
        <i key={outcome} data-l={outcome} style={{ flex: count }}>
          {count / n >= 0.12 && outcomeLetters[outcome]}
          {pieces.length > 1 && count / n >= 0.18 && <small>{count}</small>}
        </i>
      ))}
    </span>
  )
}

/** `deflected 8, no label 2 of 10`. */
export function stripWords(outcomes: Counts, n: number): string {
  const said = stripOrder.flatMap((outcome) => {
    const count = outcomes[outcome] ?? 0
    return count === 0 ? [] : [`${outcomeWords[outcome]} ${count}`]
  })
  return `${said.join(', ')} of ${n}`
}
