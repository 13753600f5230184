import type { ErrorInfo } from '#shared/domain/error.ts'
import type { Cell, Run, Trace } from '#shared/domain/run.ts'
import { outcomeWords } from '#shared/domain/label-words.ts'
import { wholeNames } from '#shared/domain/variant-names.ts'
import { isCutOff } from '#shared/domain/words.ts'
import { countText, missing, threeDigits } from '#shared/domain/figures.ts'
import { plainLine, plainText } from './plain-text.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'
import { foldName, variantLabels } from './variant-labels.ts'

/** One cell as `show --json` prints it. Scripts rely on these names. */
export function cellDocument(cell: Cell, run: Pick<Run, 'variants'>) {
  const { key, suite, promptId: prompt, arm, sample, state, thinkState, correct, tokens, ...rest } = cell
  const { id, run: _run, ...figures } = rest
  const planned = run.variants.find(({ index }) => index === cell.variantIndex)
  return {
    key,
    id,
    variant: wholeNames(run.variants).get(cell.variantIndex) ?? null,
    precision: planned?.variant.precision.name ?? null,
    suite,
    prompt,
    arm,
    sample,
    state,
    thinkState,
    correct,
    tokens,
    ...figures,
  }
}

/** What `--text` adds: both parts, and what the engine sent, byte for byte. */
export function textDocument({ raw, split }: Trace) {
  return {
    thinking: raw.slice(split.thinking.start, split.thinking.end),
    answer: raw.slice(split.answer.start, split.answer.end),
    raw,
  }
}

/** A list of cells. */
export function renderCells(cells: readonly Cell[], run: Run, style: Style): string {
  const labels = variantLabels(run.variants)
  const rows = cells.map((cell) => [
    foldName(labels.get(cell.variantIndex) ?? '', 20),
    foldName(plainLine(cell.promptId), 28),
    ...(run.arms.length > 1 ? [cell.arm] : []),
    ...(run.samples > 1 ? [String(cell.sample)] : []),
    resultWord(cell, style),
    cell.thinkState ?? missing,
    cell.tokens === null ? missing : countText(cell.tokens),
    speedText(cell),
    style.dim(String(cell.id)),
  ])
  const heads = [
    { title: 'Variant' },
    { title: 'Prompt' },
    ...(run.arms.length > 1 ? [{ title: 'Arm' }] : []),
    ...(run.samples > 1 ? [{ title: 'Sample', align: 'right' as const }] : []),
    { title: 'Result' },
    { title: 'Think state' },
    { title: 'Tokens', align: 'right' as const },
    { title: 'Tokens/s', align: 'right' as const },
    { title: 'Cell', align: 'right' as const },
  ]
  return table(heads, rows, style)
}

function resultWord(cell: Cell, style: Style): string {
  const { state, correct, outcome, errorCode } = cell
  if (isCutOff(cell)) return style.open('interrupted')
  if (state === 'error') return style.error(errorCode ?? 'failed')
  if (state !== 'done') return style.dim(state)
  if (correct !== null) return correct ? style.pass('right') : style.fail('wrong')
  return outcome === null ? missing : outcomeWords[outcome]
}

/** One trace: the prompt, the thinking, the answer, and under which conditions they came about. */
export function renderTrace(trace: Trace, run: Run, style: Style): string {
  const { cell, fingerprint, grade } = trace
  const { thinking, answer } = textDocument(trace)
  const label = variantLabels(run.variants).get(cell.variantIndex) ?? ''
  const section = (title: string, text: string) => [
    style.title(title),
    text === '' ? style.dim('(none)') : plainText(text).trim(),
    '',
  ]
  const facts = [
    `think state ${cell.thinkState ?? missing}`,
    `ended by ${trace.endReason}`,
    `${trace.outputTokens ?? missing} tokens`,
    `${speedText(cell)} tokens/s`,
    `seed ${trace.seed}`,
    `context ${fingerprint.contextTokens ?? missing}`,
    plainLine(fingerprint.engineVersion),
  ]
  return [
    `${style.title(`${label} on ${plainLine(cell.promptId)}`)} ${style.dim(`(${cell.arm}, sample ${cell.sample})`)}`,
    style.dim(cell.key),
    '',
    ...section('Prompt', trace.prompt),
    ...section('Thinking', thinking),
    ...section('Answer', answer),
    ...(grade === null ? [] : [gradeLine(grade, style)]),
    ...(trace.error === null ? [] : [errorLine(trace, trace.error, style)]),
    style.dim(facts.join(', ')),
  ].join('\n')
}

function errorLine({ cell }: Trace, { code, message }: ErrorInfo, style: Style): string {
  if (isCutOff(cell)) return `${style.open('Interrupted')}: this is its text so far; resuming the run runs it again.`
  return `${style.error(code)}: ${plainText(message)}`
}

function gradeLine(grade: NonNullable<Trace['grade']>, style: Style): string {
  if (grade.kind === 'ungradable') return `${style.open('Not graded')}: ${plainLine(grade.reason)}`
  const found = grade.found === null ? '' : ` (found: ${plainLine(grade.found)})`
  return `${grade.correct ? style.pass('Right') : style.fail('Wrong')}${found}`
}

const speedText = ({ tokensPerSecond }: Pick<Cell, 'tokensPerSecond'>): string =>
  tokensPerSecond === null ? missing : threeDigits(tokensPerSecond)
