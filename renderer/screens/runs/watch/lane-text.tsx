import type { PromptView } from '#shared/contract/views.ts'
import { count } from '../../../format/numbers.ts'
import type { LiveCell } from '../../../stores/live-run-slice.ts'
import { appendText, noText } from '../../../stores/live-text.ts'
import { AnswerText, ReadingSwitch } from '../../../text/answer-text.tsx'
import { useReading } from '../../../text/use-reading.ts'
import { ErrorNotice } from '../../../ui/region.tsx'
import { CellBadge } from './cell-badge.tsx'
import { StreamText } from './stream-text.tsx'
import styles from './lane-text.module.css'

export type StoredCell = PromptView['cells'][number]

/** What a cell writes at this moment: thinking in a quieter voice, the answer below it. */
export function LiveLaneText({ cell, running }: { readonly cell: LiveCell; readonly running: boolean }) {
  const { thinking, answer, tokens } = cell
  const answering = answer.chars > 0
  const caret = running ? <span className={styles['caret']} role="img" aria-label="streaming" /> : null
  return (
    <>
      <div className={styles['part']}>
        <b>Thinking</b>
        <span>{answering ? '' : tokens === 0 ? 'reading the prompt' : `${count(tokens)} tokens`}</span>
      </div>
      {!(answering && thinking.chars === 0) && (
        <StreamText text={thinking} className={styles['thinking']} caret={answering ? null : caret} />
      )}
      <div className={styles['part']}>
        <b>Answer</b>
        <span>{answering ? `${count(tokens)} tokens in all` : 'not begun'}</span>
      </div>
      {answering && <StreamText text={answer} className={styles['answer']} caret={caret} />}
    </>
  )
}

/** What a cell has written, as it is stored. Long texts show their end; the trace has all of it. */
export function StoredLaneText({ stored }: { readonly stored: StoredCell }) {
  const { cell, thinking, answer, thinkState, error } = stored
  const reading = useReading(answer, null)
  const answerTokens = cell.tokens === null ? null : Math.max(0, cell.tokens - (cell.thinkingTokens ?? 0))
  return (
    <>
      <div className={styles['part']}>
        <b>Thinking</b>
        <span>
          {cell.thinkingTokens === null ? '' : `${count(cell.thinkingTokens)} tokens, `}
          {thinkState ?? 'no text'}
        </span>
      </div>
      {thinking.trim() !== '' && (
        <StreamText text={appendText(noText, thinking.trim())} className={styles['thinking']} caret={null} />
      )}
      <div className={styles['part']}>
        <b>Answer</b>
        <span>{answerTokens === null ? '' : `${count(answerTokens)} tokens`}</span>
        <CellBadge cell={cell} />
        <ReadingSwitch reading={reading} />
      </div>
      {answer.trim() !== '' && (
        <div className={styles['answer']}>
          <AnswerText text={answer.trim()} reading={reading}>
            <StreamText text={appendText(noText, answer.trim())} className={styles['asis']} caret={null} />
          </AnswerText>
        </div>
      )}
      {error !== null && <ErrorNotice error={error} />}
    </>
  )
}
