import { CircleCheck, CircleHelp, Diamond } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Verdict } from '#shared/domain/comparison.ts'
import type { Outcome } from '#shared/domain/label.ts'
import { outcomeLetters, outcomeWords } from '#shared/domain/label-words.ts'
import type { RunState } from '#shared/domain/run.ts'
import type { ThinkState } from '#shared/domain/trace.ts'
import { verdictWords } from '#shared/domain/verdict-words.ts'
import styles from './badge.module.css'
import { classNames } from './class-names.ts'
import { CutName } from './cut-name.tsx'

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'live'

export function Badge({
  tone = 'plain',
  title,
  children,
}: {
  readonly tone?: Tone
  readonly title?: string
  readonly children: ReactNode
}) {
  return (
    <span className={classNames(styles['badge'], tone !== 'plain' && styles[tone])} title={title}>
      {children}
    </span>
  )
}

const thinkTones: Partial<Record<ThinkState, Tone>> = {
  'budget-cut': 'warn',
  unclosed: 'warn',
  leaked: 'warn',
  'no-open-tag': 'warn',
}

export function ThinkBadge({ state }: { readonly state: ThinkState }) {
  return <Badge tone={thinkTones[state] ?? 'plain'}>{state}</Badge>
}

const runTones: Partial<Record<RunState, Tone>> = {
  running: 'live',
  failed: 'bad',
  interrupted: 'warn',
  paused: 'warn',
  cancelled: 'warn',
}

export function RunStateBadge({ state }: { readonly state: RunState }) {
  return <Badge tone={runTones[state] ?? 'plain'}>{state}</Badge>
}

/** The short name for a narrow place; the word "simulated" is never lost, it moves into the hover text. */
const shortPrecision = (name: string) => name.replace(' (simulated)', '')

export function PrecisionMark({
  name,
  label,
  whole,
  note,
  full = false,
}: {
  readonly name: string
  /** What stands beside the mark where the precision does not tell variants apart; default: the precision. */
  readonly label?: string
  /** The whole name, where the label is a brief one. */
  readonly whole?: string | undefined
  readonly note?: string
  readonly full?: boolean
}) {
  const text = label ?? name
  return (
    <span className={styles['precision']} data-p={shortPrecision(name)} title={whole ?? text}>
      <CutName name={full ? text : shortPrecision(text)} />
      {!full && text.includes('simulated') && <small>sim.</small>}
      {note !== undefined && <small>{note}</small>}
    </span>
  )
}

export function LabelTile({ outcome, wordless = false }: { readonly outcome: Outcome; readonly wordless?: boolean }) {
  const [letter, word] = [outcomeLetters[outcome], outcomeWords[outcome]]
  return (
    <span className={styles['label']} data-l={outcome} title={word}>
      <i aria-hidden="true">{letter}</i>
      {wordless ? <span className="sr">{word}</span> : word}
    </span>
  )
}

export function RoleMark({ role }: { readonly role: string }) {
  return (
    <span className={styles['role']} data-role={role}>
      {role}
    </span>
  )
}

/** A verdict in words, as every screen and report says it. `open`: cells that have not run yet; while there are any it is none that stands. */
export function VerdictMark({
  verdict,
  margin,
  open,
}: {
  readonly verdict: Verdict
  readonly margin: number
  readonly open: number
}) {
  const Glyph = verdict === 'pass' ? CircleCheck : verdict === 'fail' ? Diamond : CircleHelp
  return (
    <span className={styles['verdict']} data-v={open > 0 ? 'inconclusive' : verdict}>
      <Glyph aria-hidden="true" strokeDasharray={verdict === 'inconclusive' || open > 0 ? '3 2' : undefined} />
      {verdictWords({ verdict, open }, margin)}
    </span>
  )
}

export function Dot({ state }: { readonly state: 'ok' | 'off' | 'bad' | 'live' }) {
  return <span className={styles['dot']} data-state={state} aria-hidden="true" />
}
