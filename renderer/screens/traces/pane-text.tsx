import { useMemo } from 'react'
import type { Trace } from '#shared/domain/run.ts'
import { countedText } from '#shared/domain/figures.ts'
import { cutSteps } from '#shared/thinking/steps.ts'
import { count } from '../../format/numbers.ts'
import type { MarkedRange } from '../../text/marked-text.tsx'
import { AnswerText, ReadingSwitch } from '../../text/answer-text.tsx'
import { AnswerBlock, PartHead, RawBlock } from '../../text/parts.tsx'
import { Key } from '../../ui/button.tsx'
import { useReading } from '../../text/use-reading.ts'
import { shareRanges, stepsOf, tokensBetween } from './pane-marks.ts'
import { SectionText, SignBadges, Step } from './step.tsx'
import styles from './pane.module.css'
import type { Pane } from './use-pane.ts'

export interface PaneTextProps {
  readonly pane: Pane
  readonly trace: Trace
  readonly ranges: readonly MarkedRange[]
  /** This text is the beginning of the other one. */
  readonly endsAtDivergence: boolean
  readonly isFolded: (step: number) => boolean
  readonly onFold: (number: number) => void
  readonly expected: string | null
}

/** The thinking in steps, and the answer. */
export function PaneText(props: PaneTextProps) {
  const { pane, trace, ranges, endsAtDivergence, isFolded, onFold } = props
  const steps = useMemo(() => stepsOf(trace, pane.places), [trace, pane.places])
  const signs = useMemo(() => steps.flatMap((step) => step.signs), [steps])
  const { answer } = trace.split
  const shares = useMemo(() => shareRanges([...steps, answer], ranges), [steps, answer, ranges])
  const marks = shares[steps.length] ?? []
  const text = useMemo(() => trace.raw.slice(answer.start, answer.end), [trace, answer])
  const reading = useReading(text, marksOn(marks, endsAtDivergence))
  return (
    <>
      {steps.length === 0 ? (
        <p className={styles['nothinking']}>{noThinking[trace.split.thinkState]}</p>
      ) : (
        <PartHead name="Thinking">
          <span>{thinkingWords(props, steps.length)}</span>
          {steps.length > 1 && signs.length > 0 && (
            <span className={styles['signs']}>
              <SignBadges signs={signs} /> <Key>m</Key>
            </span>
          )}
        </PartHead>
      )}
      {steps.map((section, index) => (
        <Step
          key={section.start}
          raw={trace.raw}
          section={section}
          number={index + 1}
          ranges={shares[index] ?? []}
          alone={steps.length === 1}
          folded={isFolded(index + 1)}
          onFold={onFold}
        />
      ))}
      <div data-anchor="answer" role="group" aria-label="Answer">
        <PartHead name="Answer">
          <span>{answerWords(props)}</span>
          <ReadingSwitch reading={reading} />
        </PartHead>
        <AnswerBlock>
          {answer.start === answer.end ? (
            <span className="hint">no answer</span>
          ) : (
            <AnswerText text={text} reading={reading}>
              <SectionText raw={trace.raw} start={answer.start} end={answer.end} ranges={marks} />
            </AnswerText>
          )}
          {endsAtDivergence && <EndMark />}
        </AnswerBlock>
      </div>
    </>
  )
}

/** What lies on an answer, as the one word that its head has room for. */
function marksOn(marks: readonly MarkedRange[], endsAtDivergence: boolean): string | null {
  const [first] = marks
  if (first === undefined) return endsAtDivergence ? markWords.divergence : null
  return new Set(marks.map(({ mark }) => mark.kind)).size > 1 ? 'marks' : markWords[first.mark.kind]
}

const markWords: Readonly<Record<MarkedRange['mark']['kind'], string>> = {
  hit: 'search hits',
  only: 'word diff',
  heat: 'token heat',
  divergence: 'first divergence',
  sign: 'marks',
  evidence: 'evidence',
}

const noThinking: Readonly<Record<Trace['split']['thinkState'], string>> = {
  normal: 'No thinking.',
  skipped: 'Opened its thinking and closed it with nothing in it.',
  unclosed: 'Opened its thinking and wrote nothing.',
  'no-open-tag': 'No thinking before the closing tag.',
  leaked: 'No thinking before the answer; a thinking tag stands in the answer.',
  'budget-cut': 'Cut before it wrote anything.',
  absent: 'No thinking: there is no thinking tag anywhere.',
}

/** In tokens where their places were stored, else in characters. */
const sizeText = ({ pane: { places } }: PaneTextProps, part: Trace['split']['answer']): string =>
  places === null ? countedText(part.end - part.start, 'character') : countedText(tokensBetween(places, part), 'token')

const thinkingWords = (props: PaneTextProps, steps: number): string =>
  `${sizeText(props, props.trace.split.thinking)}${steps === 1 ? '' : ` in ${count(steps)} steps`}`

function answerWords(props: PaneTextProps): string {
  const { trace, expected } = props
  const size = sizeText(props, trace.split.answer)
  if (trace.grade === null) return `${size}, no grade`
  if (trace.grade.kind === 'ungradable') return `${size}, not graded: ${trace.grade.reason}`
  const found = trace.grade.found === null ? '' : `, found ${trace.grade.found}`
  return `${size}${found}${expected === null ? '' : `, expected ${expected}`}`
}

/** Everything byte for byte, tags included. */
export function PaneRaw({
  trace,
  ranges,
  endsAtDivergence,
}: Pick<PaneTextProps, 'trace' | 'ranges' | 'endsAtDivergence'>) {
  const pieces = useMemo(() => cutSteps(trace.raw), [trace.raw])
  const shares = useMemo(() => shareRanges(pieces, ranges), [pieces, ranges])
  return (
    <RawBlock>
      {pieces.map(({ start, end }, index) => (
        <span key={start} data-anchor={index + 1}>
          <SectionText raw={trace.raw} start={start} end={end} ranges={shares[index] ?? []} />
        </span>
      ))}
      {trace.raw === '' && <span className="hint">nothing was written</span>}
      {endsAtDivergence && <EndMark />}
    </RawBlock>
  )
}

function EndMark() {
  return (
    <span className={styles['endmark']} data-divergence="">
      ends here
    </span>
  )
}
