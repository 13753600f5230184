import { useMemo } from 'react'
import { lineHeight } from './code-area.tsx'
import styles from './editor.module.css'
import { findTextBlocks, highlightLine, type Piece } from './highlight-line.ts'
import { placeText, problemText, type PlacedProblem } from './place-problems.ts'

const overscan = 6

export interface CodeLayerProps {
  readonly lines: readonly string[]
  readonly problems: readonly PlacedProblem[]
  readonly view: { readonly top: number; readonly left: number; readonly height: number }
  readonly caretLine: number
  readonly onMark: (problem: PlacedProblem) => void
}

/** What is seen of a text: the lines in sight with their numbers, colours and marks. Hidden from screen readers, which read the text itself. */
export function CodeLayer({ lines, problems, view, caretLine, onMark }: CodeLayerProps) {
  const blocks = useMemo(() => findTextBlocks(lines), [lines])
  const byLine = useMemo(() => Map.groupBy(problems, ({ line }) => line), [problems])
  const first = Math.max(0, Math.floor(view.top / lineHeight) - overscan)
  const last = Math.min(lines.length, Math.ceil((view.top + view.height) / lineHeight) + overscan)
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset)
  const place = { transform: `translateY(${-view.top}px)` }
  return (
    <>
      <div className={styles['layer']} aria-hidden="true">
        <div style={place}>
          {shown.map((index) => (
            <div
              key={index}
              className={styles['line']}
              data-bad={byLine.has(index + 1) || undefined}
              data-caret={index + 1 === caretLine || undefined}
              style={{ top: index * lineHeight }}
            >
              <code style={{ transform: `translateX(${-view.left}px)` }}>
                <LineText
                  line={lines[index] ?? ''}
                  isText={blocks[index] ?? false}
                  problem={byLine.get(index + 1)?.[0] ?? null}
                  more={(byLine.get(index + 1)?.length ?? 1) - 1}
                />
              </code>
            </div>
          ))}
        </div>
      </div>
      <div className={styles['gutter']} aria-hidden="true">
        <div style={place}>
          {shown.map((index) => {
            const found = byLine.get(index + 1)
            return (
              <div
                key={index}
                className={styles['number']}
                data-bad={found !== undefined || undefined}
                style={{ top: index * lineHeight }}
              >
                {found?.[0] === undefined ? (
                  index + 1
                ) : (
                  <GutterMark problem={found[0]} title={found.map(problemText).join('\n')} onMark={onMark} />
                )}
              </div>
            )
          })}
        </div>
      </div>
    </>
  )
}

function GutterMark({
  problem,
  title,
  onMark,
}: {
  readonly problem: PlacedProblem
  readonly title: string
  readonly onMark: (problem: PlacedProblem) => void
}) {
  // The list of problems below does the same for the keyboard.
  return (
    <button type="button" tabIndex={-1} title={`${placeText(problem)} ${title}`} onClick={() => onMark(problem)}>
      {problem.line}
    </button>
  )
}

/** A line in its colours, the words a problem points at underlined, and its sentence after the end. */
function LineText({
  line,
  isText,
  problem,
  more,
}: {
  readonly line: string
  readonly isText: boolean
  readonly problem: PlacedProblem | null
  readonly more: number
}) {
  const pieces = highlightLine(line, isText)
  return (
    <>
      {problem === null ? pieces.map(drawPiece) : <MarkedLine pieces={pieces} problem={problem} />}
      {problem !== null && (
        <span className={styles['said']}>
          {problemText({ message: problem.message, expected: null })}
          {more > 0 && ` And ${more} more.`}
        </span>
      )}
    </>
  )
}

const drawPiece = ({ text, kind }: Piece, index: number) => (
  <span key={index} data-kind={kind}>
    {text}
  </span>
)

/** The same pieces, cut where the underline begins and ends. */
function MarkedLine({ pieces, problem }: { readonly pieces: readonly Piece[]; readonly problem: PlacedProblem }) {
  const [from, to] = [problem.column - 1, problem.column - 1 + problem.length]
  let start = 0
  return pieces.flatMap(({ text, kind }, index) => {
    const [a, b] = [clamp(from - start, text.length), clamp(to - start, text.length)]
    start += text.length
    const parts = [text.slice(0, a), text.slice(a, b), text.slice(b)]
    return parts.flatMap((part, number) =>
      part === ''
        ? []
        : [
            <span key={`${index} ${number}`} data-kind={kind} data-wrong={number === 1 || undefined}>
              {part}
            </span>,
          ],
    )
  })
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value))
