import { useMemo } from 'react'
import type { PromptView } from '#shared/contract/views.ts'
import { countText, threeDigits } from '#shared/domain/figures.ts'
import type { Series } from '../../charts/series.ts'
import { countWords, diffWords, type Span, type WordDiff } from '../../text/diff-words.ts'
import { MarkedText, type MarkedRange } from '../../text/marked-text.tsx'
import { AnswerText, ReadingSwitch } from '../../text/answer-text.tsx'
import { AnswerBlock, PartHead, RawBlock, ThinkingBlock } from '../../text/parts.tsx'
import { useReading } from '../../text/use-reading.ts'
import { Badge, ThinkBadge } from '../../ui/badge.tsx'
import { Notice } from '../../ui/region.tsx'
import { Scroller } from '../../ui/scroller.tsx'
import { GradeBadge } from './grade-badge.tsx'
import { paneOrder, parting, type PromptViewKind } from './prompt-query.ts'
import type { OnePrompt } from './prompt-screen.tsx'
import styles from './prompt.module.css'
import { nameOf } from './shown-variants.ts'
import { VariantTag } from './variant-tag.tsx'

type PromptCell = PromptView['cells'][number]

/** Differences of both parts; null where they were not asked for, or a part is too different to be matched. */
interface Diffs {
  readonly thinking: WordDiff | null
  readonly answer: WordDiff | null
}

/** Both texts side by side, with the words that only one of them has. */
export function PromptPanes({ view, comparison, shown, variant, choice, prompt }: OnePrompt) {
  const [left, right] = paneOrder([comparison.reference, variant], [...shown.keys()], choice)
  const cellOf = (index: number) => view.cells.find((cell) => cell.variantIndex === index) ?? null
  const [before, after] = [cellOf(left), cellOf(right)]
  const diffs = useDiffs(before, after, prompt.view)
  const pane = (index: number, cell: PromptCell | null, side: 'left' | 'right') => (
    <Pane
      cell={cell}
      series={nameOf(shown, index)}
      note={choice.blind || index !== comparison.reference ? undefined : 'reference'}
      kind={prompt.view}
      blind={choice.blind}
      thinking={diffs.thinking?.[side] ?? []}
      answer={diffs.answer?.[side] ?? []}
    />
  )
  return (
    <>
      <div className={styles['panes']}>
        {pane(left, before, 'left')}
        {pane(right, after, 'right')}
      </div>
      <p className={styles['summary']}>{summaryWords(before, after, prompt.view === 'diff' ? diffs : null)}</p>
    </>
  )
}

function useDiffs(before: PromptCell | null, after: PromptCell | null, kind: PromptViewKind): Diffs {
  return useMemo(() => {
    if (before === null || after === null || kind !== 'diff') return { thinking: null, answer: null }
    return { thinking: diffWords(before.thinking, after.thinking), answer: diffWords(before.answer, after.answer) }
  }, [before, after, kind])
}

function summaryWords(before: PromptCell | null, after: PromptCell | null, diffs: Diffs | null): string {
  if (before === null || after === null) return 'Only one of the two has run.'
  if (before.raw === after.raw) return 'The same text to the letter.'
  const first = parting(before, after)
  if (first === null) return 'The same words; white space or what stands around them differs, see the raw text.'
  const at = `They part at word ${countText(first.word)} of the ${first.part}.`
  if (diffs === null) return at
  const { thinking, answer } = diffs
  if (thinking === null || answer === null) return `${at} One part is too different to be matched word by word.`
  const differing =
    countWords(before.thinking, thinking.left) +
    countWords(before.answer, answer.left) +
    countWords(after.thinking, thinking.right) +
    countWords(after.answer, answer.right)
  if (differing === 0) return `No word differs, only signs. ${at}`
  const words = `${countText(differing)} ${differing === 1 ? 'word stands' : 'words stand'} on one side only`
  return `${words}, underlined in its variant's colour. ${at}`
}

interface PaneProps {
  readonly cell: PromptCell | null
  readonly series: Series
  readonly note: string | undefined
  readonly kind: PromptViewKind
  readonly blind: boolean
  readonly thinking: readonly Span[]
  readonly answer: readonly Span[]
}

function Pane({ cell, series, note, kind, blind, thinking, answer }: PaneProps) {
  return (
    <section className={styles['pane']} aria-label={`Answer of ${series.name}`}>
      <div className={styles['pane-head']}>
        <VariantTag series={series} note={note} />
        {cell !== null && cell.thinkState !== null && <ThinkBadge state={cell.thinkState} />}
        {cell !== null && <GradeBadge cell={cell} />}
        {cell?.cell.endReason === 'length' && <Badge tone="warn">cut at the token budget</Badge>}
        <span className="hint end">{blind ? '' : speedWords(cell)}</span>
      </div>
      <Scroller className={styles['pane-body']} label={`Text of ${series.name}`}>
        {cell === null ? (
          <p className="hint">This cell has not run yet.</p>
        ) : kind === 'raw' ? (
          <RawBlock>{cell.raw}</RawBlock>
        ) : (
          <Parts
            cell={cell}
            isDiff={kind === 'diff'}
            thinking={onlyHere(thinking, series)}
            answer={onlyHere(answer, series)}
          />
        )}
        {cell !== null && cell.error !== null && <Notice what={cell.error.message} why={cell.error.hint} />}
      </Scroller>
    </section>
  )
}

const onlyHere = (spans: readonly Span[], { precision }: Series): readonly MarkedRange[] =>
  spans.map((span) => ({ ...span, mark: { kind: 'only', precision: precision ?? '' } }))

function Parts({
  cell,
  isDiff,
  thinking,
  answer,
}: {
  readonly cell: PromptCell
  readonly isDiff: boolean
  readonly thinking: readonly MarkedRange[]
  readonly answer: readonly MarkedRange[]
}) {
  const { tokens, thinkingTokens } = cell.cell
  const reading = useReading(cell.answer, isDiff ? 'word diff' : null)
  const answerTokens = tokens === null || thinkingTokens === null ? null : tokens - thinkingTokens
  return (
    <>
      <PartHead name="Thinking">
        <span>{tokenWords(thinkingTokens)}</span>
      </PartHead>
      {cell.thinking === '' ? (
        <p className={styles['none']}>none</p>
      ) : (
        <ThinkingBlock>
          <MarkedText text={cell.thinking} ranges={thinking} />
        </ThinkingBlock>
      )}
      <PartHead name="Answer">
        <span className="clip" title={gradeWords(cell)}>
          {tokenWords(answerTokens)}
          {gradeWords(cell)}
        </span>
        <ReadingSwitch reading={reading} />
      </PartHead>
      {cell.answer === '' ? (
        <p className={styles['none']}>none</p>
      ) : (
        <AnswerBlock>
          <AnswerText text={cell.answer} reading={reading}>
            <MarkedText text={cell.answer} ranges={answer} />
          </AnswerText>
        </AnswerBlock>
      )}
    </>
  )
}

const tokenWords = (tokens: number | null): string =>
  tokens === null ? 'tokens not counted' : `${countText(tokens)} tokens`

function gradeWords({ grade }: PromptCell): string {
  if (grade?.kind === 'ungradable') return `, not graded: ${grade.reason}`
  return grade?.kind === 'graded' && grade.found !== null ? `, the grader found ${grade.found}` : ''
}

function speedWords(cell: PromptCell | null): string {
  const speed = cell?.cell.tokensPerSecond ?? null
  return speed === null ? '' : `${threeDigits(speed)} tokens/s`
}
