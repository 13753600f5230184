import type { Cell, Trace } from '#shared/domain/run.ts'
import { precisionText, wholeNames } from '#shared/domain/variant-names.ts'
import type { ReportInput } from './report-input.ts'

/** One cell as csv and jsonl write it, the same fields in the same order. Times in ms, null where not known. */
export interface CellRow {
  readonly key: string
  readonly run: number
  readonly suite: string
  readonly prompt: string
  readonly variant: string
  readonly precision: string
  readonly digest: string
  readonly role: string
  readonly arm: string
  readonly sample: number
  readonly state: string
  readonly thinkState: string | null
  readonly correct: boolean | null
  readonly label: string | null
  readonly needsReview: boolean
  readonly tokens: number | null
  readonly thinkingTokens: number | null
  readonly tokensPerSecond: number | null
  readonly firstTokenMs: number | null
  readonly endReason: string | null
  readonly error: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly text?: CellText
}

interface CellText {
  readonly question: string | null
  readonly raw: string | null
  readonly thinking: string | null
  readonly answer: string | null
}

/** Every cell of the run in schedule order, one at a time. */
export function* cellRows(input: ReportInput): Generator<CellRow, void, undefined> {
  const names = wholeNames(input.run.variants)
  for (const cell of input.cells()) yield cellRow(input, cell, names.get(cell.variantIndex) ?? '')
}

function cellRow(input: ReportInput, cell: Cell, variant: string): CellRow {
  const planned = input.run.variants.find(({ index }) => index === cell.variantIndex)
  const prompt = input.prompt(cell.promptIndex)
  const row = {
    key: cell.key,
    run: cell.run,
    suite: cell.suite,
    prompt: cell.promptId,
    variant,
    precision: planned === undefined ? '' : precisionText(planned.variant.precision),
    digest: planned?.variant.digest ?? '',
    role: planned?.role ?? '',
    arm: cell.arm,
    sample: cell.sample,
    state: cell.state,
    thinkState: cell.thinkState,
    correct: cell.correct,
    label: cell.outcome,
    needsReview: cell.needsReview,
    tokens: cell.tokens,
    thinkingTokens: cell.thinkingTokens,
    tokensPerSecond: cell.tokensPerSecond,
    firstTokenMs: cell.firstTokenMs,
    endReason: cell.endReason,
    error: cell.errorCode,
    tags: prompt?.tags ?? {},
  }
  if (!input.withText) return row
  return { ...row, text: cellText(prompt?.text ?? null, cell.state === 'pending' ? null : input.trace(cell.id)) }
}

function cellText(question: string | null, trace: Trace | null): CellText {
  if (trace === null) return { question, raw: null, thinking: null, answer: null }
  const { raw, split } = trace
  const part = ({ start, end }: { readonly start: number; readonly end: number }) => raw.slice(start, end)
  return { question, raw, thinking: part(split.thinking), answer: part(split.answer) }
}
