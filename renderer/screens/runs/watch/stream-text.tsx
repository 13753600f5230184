import { memo } from 'react'
import type { LiveText } from '../../../stores/live-text.ts'

/** Live text as one element a piece: when text comes, only the last piece is laid out anew. */
export const StreamText = memo(function StreamText({
  text,
  className,
  caret,
}: {
  readonly text: LiveText
  readonly className: string | undefined
  readonly caret: React.ReactNode
}) {
  return (
    <div className={className}>
      {text.pieces.map((piece, index) => (
        <Piece key={text.first + index} text={piece} caret={index === text.pieces.length - 1 ? caret : null} />
      ))}
      {text.pieces.length === 0 && caret}
    </div>
  )
})

const Piece = memo(function Piece({ text, caret }: { readonly text: string; readonly caret: React.ReactNode }) {
  const line = text.replace(/\n$/, '')
  // An empty line is a small gap, see `div:empty` in the styles.
  return line.trim() === '' && caret === null ? (
    <div />
  ) : (
    <div>
      {line}
      {caret}
    </div>
  )
})
