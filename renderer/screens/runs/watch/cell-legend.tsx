import type { GridState } from '#shared/domain/grid.ts'
import { readGridCode } from '#shared/domain/grid.ts'
import type { Outcome } from '#shared/domain/label.ts'
import { outcomeWords } from '#shared/domain/label-words.ts'
import { labels } from '#shared/domain/words.ts'
import { LabelTile } from '../../../ui/badge.tsx'
import styles from './cells.module.css'
import type { RunGrid } from './run-grid.ts'

/** What the shapes say: the ones a graded run can have, or the labels of a probe run. */
export function CellLegend({ grid, running }: { readonly grid: RunGrid; readonly running: boolean }) {
  const has = (state: GridState) => grid.rows.some(({ counts }) => counts[state] > 0)
  const labelled = has('ungraded') || has('cut-ungraded') ? outcomesIn(grid) : []
  const isGraded = has('correct') || has('wrong') || has('cut-wrong') || labelled.length === 0
  return (
    <span className={styles['legend']}>
      {labelled.map((outcome) => (
        <LabelTile key={outcome} outcome={outcome} />
      ))}
      {isGraded && (
        <>
          <Mark shape="square" colour="--state-right" word="right" />
          <Mark shape="cross" colour="--state-wrong" word="wrong" />
        </>
      )}
      {labelled.length === 0 && has('ungraded') && <Mark shape="hollow" colour="--state-right" word="not graded" />}
      <Mark shape="bar" colour="--state-right" word={labelled.length === 0 ? 'budget-cut' : outcomeWords.truncated} />
      <Mark shape="triangle" colour="--state-error" word="error" />
      {(running || has('pending')) && (
        <>
          <Mark shape="square" colour="--accent" word="running" />
          <Mark shape="outline" colour="--line-2" word="waiting" />
        </>
      )}
    </span>
  )
}

function outcomesIn({ codes }: RunGrid): readonly Outcome[] {
  const seen = new Set<Outcome | null>()
  for (const code of new Set(codes)) seen.add(readGridCode(code).outcome)
  return [...labels, 'none' as const].filter((outcome) => seen.has(outcome))
}

const paths = {
  square: 'M0 0H9V9H0Z',
  bar: 'M0 4H9V9H0Z',
  triangle: 'M4.5 0L9 9H0Z',
  cross: 'M0 0H2.9L4.5 2.3L6.1 0H9V1.4L6.7 4.5L9 7.6V9H6.1L4.5 6.7L2.9 9H0V7.6L2.3 4.5L0 1.4Z',
  outline: 'M.5 .5H8.5V8.5H.5Z',
  hollow: 'M1 1H8V8H1Z',
} as const

function Mark({
  shape,
  colour,
  word,
}: {
  readonly shape: keyof typeof paths
  readonly colour: string
  readonly word: string
}) {
  const drawn = shape === 'outline' || shape === 'hollow'
  const paint = drawn
    ? { fill: 'none', stroke: `var(${colour})`, strokeWidth: shape === 'hollow' ? 2 : 1 }
    : { fill: `var(${colour})` }
  return (
    <span>
      <svg viewBox="0 0 9 9" aria-hidden="true">
        <path d={paths[shape]} style={paint} />
      </svg>
      {word}
    </span>
  )
}
