import { useMemo } from 'react'
import type { PromptView } from '#shared/contract/views.ts'
import { countText, threeDigits } from '#shared/domain/figures.ts'
import { nameOf } from './shown-variants.ts'
import { Badge, ThinkBadge } from '../../ui/badge.tsx'
import { Notice } from '../../ui/region.tsx'
import { Scroller } from '../../ui/scroller.tsx'
import type { Series } from '../../charts/series.ts'
import { GradeBadge } from './grade-badge.tsx'
import { paneOrder, type PromptViewKind } from './prompt-query.ts'
import type { OnePrompt } from './prompt-screen.tsx'
import styles from './prompt.module.css'
import { VariantTag } from './variant-tag.tsx'
import { diffTexts, parting, type Stretch, type WordDiff } from './word-diff.ts'

type PromptCell = PromptView['cells'][number]

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
      thinking={stretches(diffs.thinking, side, cell?.thinking)}
      answer={stretches(diffs.answer, side, cell?.answer)}
      raw={stretches(diffs.raw, side, cell?.raw)}
    />
  )
  return (
    <>
      <div className={styles['panes']}>
        {pane(left, before, 'left')}
        {pane(right, after, 'right')}
      </div>
      <p className={styles['summary']}>{summaryWords(before, after, diffs)}</p>
    </>
  )
}

interface Diffs {
  readonly thinking: WordDiff | null
  readonly answer: WordDiff | null
  readonly raw: WordDiff | null
}

const noDiffs: Diffs = { thinking: null, answer: null, raw: null }

function useDiffs(before: PromptCell | null, after: PromptCell | null, kind: PromptViewKind): Diffs {
  return useMemo(() => {
    if (before === null || after === null || kind !== 'diff') return noDiffs
    return {
      thinking: diffTexts(before.thinking, after.thinking),
      answer: diffTexts(before.answer, after.answer),
      raw: null,
    }
  }, [before, after, kind])
}

const stretches = (diff: WordDiff | null, side: 'left' | 'right', text = ''): readonly Stretch[] =>
  diff === null ? [{ text, only: false }] : diff[side]

function summaryWords(before: PromptCell | null, after: PromptCell | null, diffs: Diffs): string {
  if (before === null || after === null) return 'Only one of the two has run.'
  if (before.raw === after.raw) return 'The same text to the letter.'
  const first = parting(before, after)
  if (first === null) return 'Thinking and answer are the same; what stands around them differs, see the raw text.'
  const at = `They part at word ${countText(first.word)} of the ${first.part}.`
  const { thinking, answer } = diffs
  if (thinking === null && answer === null) return at
  const count = (thinking?.words ?? 0) + (answer?.words ?? 0)
  const differing =
    count === 0
      ? 'No word differs, only punctuation or white space.'
      : `${countText(count)} ${count === 1 ? 'word differs' : 'words differ'}. What is underlined in a variant's colour stands in that variant only.`
  const unmatched = thinking === null || answer === null ? ' One part is too different to be matched word by word.' : ''
  return `${differing} ${at}${unmatched}`
}

function Pane({
  cell,
  series,
  note,
  kind,
  blind,
  thinking,
  answer,
  raw,
}: {
  readonly cell: PromptCell | null
  readonly series: Series
  readonly note: string | undefined
  readonly kind: PromptViewKind
  readonly blind: boolean
  readonly thinking: readonly Stretch[]
  readonly answer: readonly Stretch[]
  readonly raw: readonly Stretch[]
}) {
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
          <Marked className={styles['raw'] ?? ''} stretches={raw} series={series} />
        ) : (
          <Parts cell={cell} thinking={thinking} answer={answer} series={series} />
        )}
        {cell !== null && cell.error !== null && <Notice what={cell.error.message} why={cell.error.hint} />}
      </Scroller>
    </section>
  )
}

function Parts({
  cell,
  thinking,
  answer,
  series,
}: {
  readonly cell: PromptCell
  readonly thinking: readonly Stretch[]
  readonly answer: readonly Stretch[]
  readonly series: Series
}) {
  const { tokens, thinkingTokens } = cell.cell
  const answerTokens = tokens === null || thinkingTokens === null ? null : tokens - thinkingTokens
  return (
    <>
      <PartHead name="Thinking" tokens={thinkingTokens} />
      {cell.thinking === '' ? (
        <p className={styles['none']}>none</p>
      ) : (
        <Marked className={styles['thinking'] ?? ''} stretches={thinking} series={series} />
      )}
      <PartHead name="Answer" tokens={answerTokens} grade={cell.grade} />
      {cell.answer === '' ? (
        <p className={styles['none']}>none</p>
      ) : (
        <Marked className={styles['answer'] ?? ''} stretches={answer} series={series} />
      )}
    </>
  )
}

function PartHead({
  name,
  tokens,
  grade = null,
}: {
  readonly name: string
  readonly tokens: number | null
  readonly grade?: PromptCell['grade']
}) {
  const found = grade?.kind === 'graded' && grade.found !== null ? `, the grader found ${grade.found}` : ''
  const why = grade?.kind === 'ungradable' ? `, not graded: ${grade.reason}` : ''
  return (
    <div className={styles['part']}>
      <b>{name}</b>
      <span className="clip" title={`${found}${why}`.slice(2)}>
        {tokens === null ? 'tokens not counted' : `${countText(tokens)} tokens`}
        {found}
        {why}
      </span>
    </div>
  )
}

/** Plain text nodes whatever the model wrote: nothing in it is markup. */
function Marked({
  stretches: parts,
  series,
  className,
}: {
  readonly stretches: readonly Stretch[]
  readonly series: Series
  readonly className: string
}) {
  return (
    <div className={className}>
      {parts.map(({ text, only }, index) =>
        only ? (
          <span key={index} className={styles['only']} data-p={series.precision ?? ''} title={`only ${series.name}`}>
            {text}
          </span>
        ) : (
          text
        ),
      )}
    </div>
  )
}

function speedWords(cell: PromptCell | null): string {
  const speed = cell?.cell.tokensPerSecond ?? null
  return speed === null ? '' : `${threeDigits(speed)} tokens/s`
}
