import { GitFork } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Outcome } from '#shared/domain/label.ts'
import { classNames } from '../ui/class-names.ts'
import { cutPieces, type Piece, type TextRange } from './cut-pieces.ts'
import styles from './text.module.css'

/** What can be said of a stretch of model text. */
export type TextMark =
  /** Found by a search; `current` is the one that was jumped to. */
  | { readonly kind: 'hit'; readonly current?: boolean }
  /** Stands in this variant's text and not in the other's. */
  | { readonly kind: 'only'; readonly precision: string }
  /** One token: how unsure the model was of it, 0 to 5. */
  | { readonly kind: 'heat'; readonly step: number; readonly token: number }
  /** Where two texts part. */
  | { readonly kind: 'divergence' }
  /** Where a model takes back, repeats itself, or changes its language. */
  | { readonly kind: 'sign'; readonly title: string }
  /** What led to a label. `note` is its number below the text. */
  | { readonly kind: 'evidence'; readonly outcome: Outcome; readonly note: number; readonly title: string }

export type MarkedRange = TextRange<TextMark>

/**
 * Model text with marks on it, as plain text nodes: whatever the model wrote stays text. `start` and `end` show a window of
 * `text`; offsets of ranges always count from the beginning of `text`.
 */
export function MarkedText({
  text,
  start = 0,
  end = text.length,
  ranges = [],
}: {
  readonly text: string
  readonly start?: number
  readonly end?: number
  readonly ranges?: readonly MarkedRange[]
}): ReactNode {
  return cutPieces({ start, end }, ranges).map((piece) => {
    const words = text.slice(piece.start, piece.end)
    return piece.ranges.length === 0 ? words : <MarkedPiece key={piece.start} piece={piece} words={words} />
  })
}

function MarkedPiece({ piece, words }: { readonly piece: Piece<TextMark>; readonly words: string }) {
  const marks = piece.ranges.map(({ mark }) => mark)
  const only = marks.find((mark) => mark.kind === 'only')
  const heat = marks.find((mark) => mark.kind === 'heat')
  const hit = marks.find((mark) => mark.kind === 'hit')
  const evidence = marks.find((mark) => mark.kind === 'evidence')
  const sign = marks.find((mark) => mark.kind === 'sign')
  const divergence = piece.ranges.find(({ mark }) => mark.kind === 'divergence')
  const content = (
    <>
      {divergence?.start === piece.start && <GitFork aria-label="first divergence" />}
      {words}
      {piece.ranges.map(({ end, mark }) =>
        mark.kind === 'evidence' && end === piece.end ? <sup key={mark.note}>{mark.note}</sup> : null,
      )}
    </>
  )
  const shared = {
    className: classNames(
      heat !== undefined && styles['heat'],
      only !== undefined && styles['only'],
      hit !== undefined && styles['hit'],
      hit?.current === true && styles['current'],
      sign !== undefined && styles['sign'],
      evidence !== undefined && styles['evidence'],
      divergence !== undefined && styles['divergence'],
    ),
    title: evidence?.title ?? sign?.title,
    'data-p': only?.precision,
    'data-l': evidence?.outcome,
    // Named, not styled one by one: thousands of tokens share six styles.
    'data-heat': heat?.step,
    'data-token': heat?.token,
    'data-hit': hit === undefined ? undefined : hit.current === true ? 'current' : '',
    'data-divergence': divergence === undefined ? undefined : '',
  }
  return hit === undefined && evidence === undefined ? (
    <span {...shared}>{content}</span>
  ) : (
    <mark {...shared}>{content}</mark>
  )
}
