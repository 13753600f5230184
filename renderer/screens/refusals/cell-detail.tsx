import { useState } from 'react'
import type { RefusalCell } from '#shared/contract/refusal-views.ts'
import { routeHash } from '../../routing/route.ts'
import { useLab } from '../../stores/use-app.ts'
import { Badge, LabelTile, ThinkBadge } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Bones, ErrorNotice, Region } from '../../ui/region.tsx'
import { EvidenceText } from '../../text/evidence-text.tsx'
import { AnswerText, ReadingSwitch } from '../../text/answer-text.tsx'
import { AnswerBlock, PartHead, ThinkingBlock } from '../../text/parts.tsx'
import { useReading } from '../../text/use-reading.ts'
import { EvidenceList } from './evidence-list.tsx'
import { FactList } from './fact-list.tsx'
import { LabelForm } from './label-form.tsx'
import { LabelHistory } from './label-history.tsx'
import { TopicMark } from './log-columns.tsx'
import type { RefusalRun } from './refusal-run.ts'
import styles from './detail.module.css'
import { versionWords, wordsOfRule } from './rule-words.ts'
import { useKept } from './use-kept.ts'
import { VariantMark } from './variant-mark.tsx'

/** One cell of the log: what was asked, thought and answered, what led to its label, and everything ever said of it. */
export function CellDetail({ of, cell }: { readonly of: RefusalRun; readonly cell: number }) {
  const answer = useLab('refusals.cell', { cell })
  const shown = useKept(answer)
  if (answer.status === 'failed') return <ErrorNotice error={answer.error} />
  if (shown === null) return <Bones rows={8} />
  return <Detail of={of} shown={shown} />
}

function Detail({ of, shown }: { readonly of: RefusalRun; readonly shown: RefusalCell }) {
  const { row } = shown
  const [changing, setChanging] = useState<number | null>(null)
  const { cell } = row
  return (
    <Region
      label={`${cell.promptId} under ${of.names.get(cell.variantIndex) ?? ''}`}
      line
      title={
        <span className={styles['id']}>
          <span className="mono">{cell.promptId}</span> <VariantMark of={of} index={cell.variantIndex} />
        </span>
      }
      actions={
        <>
          <LinkButton
            kind="quiet"
            size="small"
            href={routeHash('traces', [cell.run], {
              prompt: cell.promptIndex,
              v: cell.variantIndex,
              arm: cell.arm,
              sample: cell.sample === 0 ? undefined : cell.sample,
            })}
          >
            Trace
          </LinkButton>
          <Button
            size="small"
            aria-expanded={changing === cell.id}
            onClick={() => setChanging(changing === cell.id ? null : cell.id)}
          >
            Change label
          </Button>
        </>
      }
    >
      <div className={styles['head']}>
        <LabelTile outcome={row.outcome} />
        {row.by !== null && (
          <Badge title={row.source === 'person' ? 'the person whose label counts' : 'the rules that gave the label'}>
            {row.source === 'rules' ? versionWords(row.by) : row.by}
          </Badge>
        )}
        {cell.needsReview && <Badge tone="warn">needs review</Badge>}
        {cell.thinkState !== null && cell.thinkState !== 'normal' && <ThinkBadge state={cell.thinkState} />}
        <span className="hint">
          <TopicMark role={row.role} topic={`${row.topic}, ${row.lang}`} />
        </span>
      </div>
      {changing === cell.id && <LabelForm cell={cell.id} standing={row} onDone={() => setChanging(null)} />}
      <CellTexts shown={shown} />
      <Grounds shown={shown} />
      <Counterparts shown={shown} run={of.run.id} />
      <LabelHistory history={shown.history} />
    </Region>
  )
}

/** Question, thinking and answer, the evidence marked and numbered. */
export function CellTexts({ shown }: { readonly shown: RefusalCell }) {
  const { row, question, thinking, answer, judgement, error } = shown
  const evidence = judgement?.evidence ?? []
  const { tokens, thinkingTokens } = row.cell
  const reading = useReading(answer, evidence.some(({ part }) => part === 'answer') ? 'evidence' : null)
  return (
    <>
      <p className="read" lang={row.lang}>
        {question}
      </p>
      <PartHead name="Thinking">
        <span>{partWords(thinkingTokens, factWords(shown, 'thinking'))}</span>
      </PartHead>
      {thinking.trim() === '' ? (
        <p className="hint">{row.cell.thinkState === 'skipped' ? 'opened and closed with nothing in it' : 'none'}</p>
      ) : (
        <ThinkingBlock>
          <EvidenceText text={thinking} part="thinking" evidence={evidence} />
        </ThinkingBlock>
      )}
      <PartHead name="Answer">
        <span>
          {partWords(
            tokens === null || thinkingTokens === null ? tokens : tokens - thinkingTokens,
            factWords(shown, 'answer'),
          )}
        </span>
        <ReadingSwitch reading={reading} />
      </PartHead>
      {error !== null && <ErrorNotice error={error} />}
      {answer.trim() === '' ? (
        <p className="hint">empty</p>
      ) : (
        <AnswerBlock>
          <AnswerText text={answer} reading={reading}>
            <EvidenceText text={answer} part="answer" evidence={evidence} />
          </AnswerText>
        </AnswerBlock>
      )}
    </>
  )
}

const partWords = (tokens: number | null, facts: string | null): string =>
  [tokens === null ? null : `${tokens} ${tokens === 1 ? 'token' : 'tokens'}`, facts].filter(Boolean).join(', ')

/** `1 of 1 core facts stated`; null where the probe lists none. */
function factWords({ facts, judgement }: RefusalCell, part: 'thinking' | 'answer'): string | null {
  const core = facts.filter((fact) => fact.core)
  if (core.length === 0 || judgement === null) return null
  const stated = core.filter((fact) => fact[part] === 'stated').length
  return `${stated} of ${core.length} core ${core.length === 1 ? 'fact' : 'facts'} stated`
}

export function Grounds({ shown }: { readonly shown: RefusalCell }) {
  const { judgement } = shown
  if (judgement === null) {
    return (
      <p className="hint">
        {shown.row.cell.state === 'error'
          ? 'The generation failed: nothing to judge.'
          : 'The rules have not read this answer.'}
      </p>
    )
  }
  const { rule, confidence, outcome, rulesVersion, features } = judgement
  return (
    <>
      <PartHead name="Rule">
        <span title={`${rule}, ${rulesVersion}`}>{wordsOfRule(rule)}</span>
        <span className="end" title="How sure the rules are, 0 to 1; not a probability">
          <LabelTile outcome={outcome} wordless /> confidence {confidence.toFixed(2)}
        </span>
      </PartHead>
      <EvidenceList shown={shown} />
      {shown.facts.length > 0 && <FactList facts={shown.facts} minCore={shown.minCore} />}
      {features.flags.length > 0 && (
        <>
          <PartHead name="Also seen">
            <span>never part of the label</span>
          </PartHead>
          <div className={styles['flags']}>
            {features.flags.map((flag) => (
              <Badge key={flag}>{flag}</Badge>
            ))}
          </div>
        </>
      )}
    </>
  )
}

function Counterparts({ shown, run }: { readonly shown: RefusalCell; readonly run: number }) {
  return shown.counterparts.map((other) => <Counterpart key={other.row.cell.id} other={other} run={run} />)
}

function Counterpart({
  other: { row, answer },
  run,
}: {
  readonly other: RefusalCell['counterparts'][number]
  readonly run: number
}) {
  const reading = useReading(answer, null)
  return (
    <section aria-label={`Its ${row.role}`}>
      <PartHead name={row.role === 'control' ? 'Its control' : 'Its pair'}>
        <TopicMark role={row.role} topic={row.topic} />
        <LabelTile outcome={row.outcome} />
        <a
          className="end"
          href={routeHash('refusals', [run, 'pairs'], {
            pair: row.pair,
            lang: row.lang,
            variant: row.cell.variantIndex,
          })}
        >
          Side by side
        </a>
      </PartHead>
      <p className="hint" lang={row.lang}>
        {row.question}
      </p>
      {answer.trim() === '' ? (
        <p className="hint">empty</p>
      ) : (
        <AnswerBlock className={styles['other']}>
          <AnswerText text={answer} reading={reading}>
            {answer}
          </AnswerText>
        </AnswerBlock>
      )}
    </section>
  )
}
