import { Copy, X } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { count, fixed, speed } from '../../format/numbers.ts'
import { Badge, PrecisionMark, ThinkBadge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useCopy } from '../../ui/use-copy.ts'
import { Bones, EmptyState, ErrorNotice, Notice } from '../../ui/region.tsx'
import { HeatStrip } from './heat-strip.tsx'
import { PaneRaw, PaneText } from './pane-text.tsx'
import { TokenTip, usePointedToken } from './token-tip.tsx'
import type { View } from './trace-choice.ts'
import styles from './pane.module.css'
import type { PaneMarks } from './use-marks.ts'
import type { Pane } from './use-pane.ts'

/** Whether steps are folded. A new `version` forgets what was folded or unfolded one by one. */
export interface Folding {
  readonly all: boolean
  readonly version: number
}

export interface TracePaneProps {
  readonly pane: Pane
  /** The first pane's: what length is compared with. Null in the first pane itself. */
  readonly base: Pane | null
  readonly marks: PaneMarks
  readonly heated: boolean
  readonly view: View
  readonly folding: Folding
  readonly expected: string | null
  readonly variants: ReadonlyMap<number, string>
  readonly onVariant: (index: number) => void
  /** Null where it is the only one. */
  readonly onClose: (() => void) | null
}

/** One variant's thinking and answer. */
export function TracePane(props: TracePaneProps) {
  const { pane, heated } = props
  const { ranges } = props.marks
  const { trace, tokens } = pane
  const scroller = useRef<HTMLDivElement>(null)
  const { pointed, handlers } = usePointedToken()
  const goTo = (share: number) => {
    const element = scroller.current
    if (element !== null) element.scrollTop = share * element.scrollHeight - element.clientHeight / 3
  }
  return (
    <section className={styles['pane']} aria-label={`Trace of ${pane.name}`} data-variant={pane.variant.index}>
      <PaneHead {...props} />
      {heated && trace !== null && <HeatStrip ranges={ranges} length={trace.raw.length} onGo={goTo} />}
      <div
        ref={scroller}
        className={styles['scroller']}
        data-scroller=""
        // A pane scrolls with the keyboard too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={`Text of ${pane.name}`}
        {...handlers}
      >
        <PaneBody {...props} />
      </div>
      {pointed !== null && tokens !== null && <TokenTip pointed={pointed} tokens={tokens} />}
    </section>
  )
}

function PaneBody({ pane, marks, view, folding, expected }: TracePaneProps) {
  const { ranges, endsAtDivergence } = marks
  const { trace, error, cell } = pane
  const [folds, setFolds] = useState<{ readonly version: number; readonly turned: ReadonlySet<number> }>({
    version: folding.version,
    turned: new Set(),
  })
  const turned = folds.version === folding.version ? folds.turned : noSteps
  const onFold = useCallback(
    (step: number) =>
      setFolds((before) => {
        const next = new Set(before.version === folding.version ? before.turned : noSteps)
        if (!next.delete(step)) next.add(step)
        return { version: folding.version, turned: next }
      }),
    [folding.version],
  )
  const isFolded = useMemo(() => (step: number) => folding.all !== turned.has(step), [folding.all, turned])
  if (error !== null) return <ErrorNotice error={error} />
  if (cell.state === 'pending' || cell.state === 'running') {
    return <EmptyState what="Not run yet.">Its text appears here when the cell has ended.</EmptyState>
  }
  if (trace === null) return <Bones rows={6} />
  return (
    <>
      {trace.error !== null && <ErrorNotice error={trace.error} />}
      {trace.error !== null && (
        <p className={styles['kept']}>
          {trace.raw === ''
            ? 'It had written nothing by then.'
            : `What it had written by then is kept below: ${count(trace.raw.length)} characters. It is not graded.`}
        </p>
      )}
      {trace.error === null && trace.endReason === 'length' && (
        <Notice
          kind="warn"
          what="Cut by its token budget."
          why={`It had written ${count(trace.outputTokens ?? 0)} tokens. A run with a larger budget lets it finish.`}
        />
      )}
      {view === 'raw' ? (
        <PaneRaw trace={trace} ranges={ranges} endsAtDivergence={endsAtDivergence} />
      ) : (
        <PaneText
          pane={pane}
          trace={trace}
          ranges={ranges}
          endsAtDivergence={endsAtDivergence}
          isFolded={isFolded}
          onFold={onFold}
          expected={expected}
        />
      )}
    </>
  )
}

const noSteps: ReadonlySet<number> = new Set()

function PaneHead({ pane, base, variants, onVariant, onClose }: TracePaneProps) {
  const { cell, variant, name } = pane
  return (
    <div className={styles['panehead']}>
      <Menu
        label="Variant"
        trigger={
          <button type="button" className={styles['which']}>
            <PrecisionMark
              name={variant.variant.precision.name}
              label={name}
              {...(variant.role === 'reference' && { note: 'reference' })}
            />
            <span className="sr">, choose another variant</span>
          </button>
        }
        items={[...variants].map(([index, label]) => ({
          key: String(index),
          label,
          disabled: index === variant.index,
          onChoose: () => onVariant(index),
        }))}
      />
      <span className={styles['badges']}>
        {cell.thinkState !== null && <ThinkBadge state={cell.thinkState} />}
        <ResultBadge pane={pane} />
      </span>
      <span className={styles['figures']} title={figures(pane, base).join(', ')}>
        {figures(pane, base).map((figure) => (
          <span key={figure}>{figure}</span>
        ))}
      </span>
      <CopyMenu pane={pane} />
      {onClose !== null && (
        <Button kind="quiet" size="icon" aria-label={`Close ${name}`} title="Close" onClick={onClose}>
          <X aria-hidden />
        </Button>
      )}
    </div>
  )
}

function ResultBadge({ pane: { cell } }: { readonly pane: Pane }) {
  if (cell.state === 'error') return <Badge tone="bad">{cell.endReason === 'timeout' ? 'timed out' : 'failed'}</Badge>
  if (cell.correct === null) return null
  return <Badge tone={cell.correct ? 'ok' : 'bad'}>{cell.correct ? 'right' : 'wrong'}</Badge>
}

/** `339 thinking tokens`, `32 % longer`, `24.1 tokens/s`, `first token 0.42 s`. */
function figures({ cell }: Pane, base: Pane | null): readonly string[] {
  const { thinkingTokens, tokensPerSecond, firstTokenMs } = cell
  const before = base?.cell.thinkingTokens ?? null
  const change = thinkingTokens === null || before === null || before === 0 ? 0 : (thinkingTokens - before) / before
  return [
    ...(thinkingTokens === null ? [] : [`${count(thinkingTokens)} thinking tokens`]),
    ...(Math.abs(change) < 0.005 ? [] : [`${fixed(100 * Math.abs(change), 0)} % ${change > 0 ? 'longer' : 'shorter'}`]),
    ...(tokensPerSecond === null ? [] : [`${speed(tokensPerSecond)} tokens/s`]),
    ...(firstTokenMs === null ? [] : [`first token ${fixed(firstTokenMs / 1000, 2)} s`]),
  ]
}

function CopyMenu({ pane: { trace, name } }: { readonly pane: Pane }) {
  const copyText = useCopy()
  if (trace === null) return null
  const copy = (text: string) => () => copyText(text)
  const { raw, split } = trace
  const parts = [
    { key: 'answer', label: 'Answer', text: raw.slice(split.answer.start, split.answer.end) },
    { key: 'thinking', label: 'Thinking', text: raw.slice(split.thinking.start, split.thinking.end) },
    { key: 'raw', label: 'Raw text', text: raw },
    { key: 'rendered', label: 'Rendered prompt', text: trace.renderedPrompt ?? '' },
    { key: 'key', label: 'Key of the cell', text: trace.cell.key },
  ]
  return (
    <Menu
      label={`Copy from ${name}`}
      trigger={
        <Button kind="quiet" size="icon" aria-label={`Copy from ${name}`} title="Copy">
          <Copy aria-hidden />
        </Button>
      }
      items={parts.map(({ key, label, text }) => ({ key, label, disabled: text === '', onChoose: copy(text) }))}
    />
  )
}
