import { lazy, Suspense, type ReactNode } from 'react'
import styles from './text.module.css'
import type { Reading } from './use-reading.ts'

/** Loaded with the first answer that has something to set: no screen waits for it. */
const FormattedText = lazy(async () => ({ default: (await import('./formatted/formatted-text.tsx')).FormattedText }))

/** An answer, formatted where it may be. `children`: the answer as it was written, with its marks. */
export function AnswerText({
  text,
  reading,
  children,
}: {
  readonly text: string
  readonly reading: Reading
  readonly children: ReactNode
}) {
  if (reading.kind !== 'free' || reading.answers === 'written') return children
  return (
    <Suspense fallback={children}>
      <FormattedText text={text}>{children}</FormattedText>
    </Suspense>
  )
}

/** Formatted, or as it was written: for all answers at once. Says so where marks take the choice away. */
export function ReadingSwitch({ reading }: { readonly reading: Reading }) {
  if (reading.kind === 'plain') return null
  if (reading.kind === 'kept') {
    return (
      <span className={styles['kept']} title={`Marks are places in the text as it was written: ${reading.why}.`}>
        as written: {reading.why}
      </span>
    )
  }
  const choices = [
    { value: 'formatted', label: 'Formatted' },
    { value: 'written', label: 'As written' },
  ] as const
  return (
    <span className={styles['reading']} role="group" aria-label="How answers are read" data-reading="">
      {choices.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          title={`${label} (a)`}
          aria-pressed={reading.answers === value}
          onClick={() => reading.choose(value)}
        >
          {label}
        </button>
      ))}
    </span>
  )
}
