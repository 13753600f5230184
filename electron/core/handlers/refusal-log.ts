import type { OutcomeCounts, RefusalCell, RefusalLogPage, RefusalRow } from '#shared/contract/refusal-views.ts'
import type { ExportedFile } from '#shared/contract/views.ts'
import { LabError } from '#shared/domain/error.ts'
import { cellId, runId, type RunId } from '#shared/domain/ids.ts'
import type { LabelRecord, Outcome } from '#shared/domain/label.ts'
import type { Cell } from '#shared/domain/run.ts'
import type { Prompt } from '#shared/domain/suite.ts'
import { outcomes, rolesWithoutLabel } from '#shared/domain/words.ts'
import { labelLogLines, type LoggedCell } from '../analysis/refusals-export.ts'
import { factStates } from '../analysis/refusals-facts.ts'
import { probeCellFilter, type ProbeFilter } from '../analysis/refusals-filter.ts'
import type { LabServices } from './lab-services.ts'

/** A table shows the beginning; the whole question is one click away. */
const mostChars = 400

export interface LogQuery {
  readonly run: number
  readonly filter: ProbeFilter
  readonly sort: 'prompt' | 'promptId' | 'order' | 'outcome'
  readonly descending: boolean
  readonly offset: number
  readonly limit: number
}

/** One page of the log, with the label that counts of every cell on it. */
export function refusalLogPage(services: LabServices, query: LogQuery): RefusalLogPage {
  const { store, runs } = services
  const { filter, sort, descending, offset, limit } = query
  const { id } = runs.get(runId(query.run))
  const prompts = promptsOf(services, id)
  const found = store.cells.page(id, { filter: probeCellFilter(filter, prompts), sort, descending, offset, limit })
  return { total: found.total, rows: refusalRows(services, id, found.rows) }
}

export function outcomeCounts(
  services: LabServices,
  { run, filter }: { readonly run: number; readonly filter: ProbeFilter },
): OutcomeCounts {
  const { id } = services.runs.get(runId(run))
  const prompts = promptsOf(services, id)
  const count = (wanted: readonly Outcome[] | undefined, roles: ProbeFilter['roles'] = filter.roles) => {
    const cells = probeCellFilter({ ...filter, ...(roles === undefined ? {} : { roles }) }, prompts)
    const narrowed = wanted === undefined ? cells : { ...cells, outcomes: wanted }
    return services.store.cells.page(id, { filter: narrowed, offset: 0, limit: 0 }).total
  }
  const asked = (outcome: Outcome) => filter.outcomes?.includes(outcome) ?? true
  const counts = outcomes.map((outcome) => [outcome, asked(outcome) ? count([outcome]) : 0] as const)
  const roles = rolesWithoutLabel.filter((role) => filter.roles?.includes(role) ?? true)
  return {
    total: count(filter.outcomes),
    outcomes: Object.fromEntries(counts) as Record<Outcome, number>,
    unlabelledByRole: asked('none') && roles.length > 0 ? count(['none'], roles) : 0,
  }
}

/** @throws LabError NOT_FOUND for a cell that is not there, BAD_REQUEST for one that asked no probe */
export function refusalCell(services: LabServices, id: number): RefusalCell {
  const { store } = services
  const cell = store.cells.get(cellId(id))
  if (cell === null) throw new LabError('NOT_FOUND', `There is no cell ${id}.`)
  const prompts = promptsOf(services, cell.run)
  const prompt = prompts[cell.promptIndex]
  const [row] = refusalRows(services, cell.run, [cell])
  if (prompt?.probe === undefined || row === undefined) {
    throw new LabError('BAD_REQUEST', `Cell ${id} asked no probe.`, { hint: 'Its trace has what it answered.' })
  }
  const trace = store.traces.get(cell.id)
  const history = store.labels.history(cell.id)
  const judgement =
    cell.state === 'done' ? (history.findLast(({ source }) => source === 'rules')?.judgement ?? null) : null
  return {
    row,
    question: prompt.text,
    ...partsOf(services, cell),
    minCore: prompt.probe.minCore,
    facts: factStates(prompt.probe, judgement),
    judgement,
    history,
    counterparts: counterparts(services, cell, prompts),
    error: trace?.error ?? null,
    seed: trace?.seed ?? null,
  }
}

export function exportLabelLog(
  services: LabServices,
  { run: id, text }: { readonly run: number; readonly text: boolean },
): ExportedFile {
  const { store, runs } = services
  const run = runs.get(runId(id))
  const prompts = promptsOf(services, run.id)
  const counting = store.labels.latest(run.id)
  function* logged(): Generator<LoggedCell> {
    for (const cell of store.cells.each(run.id)) {
      const prompt = prompts[cell.promptIndex]
      if (prompt?.probe === undefined || cell.state === 'pending') continue
      const texts = text ? partsOf(services, cell) : null
      yield { cell, prompt, history: store.labels.history(cell.id), counts: counting.get(cell.id) ?? null, texts }
    }
  }
  const lines = [...labelLogLines(run, logged())].join('')
  return { fileName: `assay-run-${id}-labels.jsonl`, mediaType: 'application/jsonl', text: lines }
}

function counterparts(services: LabServices, cell: Cell, prompts: readonly Prompt[]): RefusalCell['counterparts'] {
  const own = prompts[cell.promptIndex]
  const cells = prompts.flatMap(({ lang, probe }, promptIndex) => {
    if (probe === undefined || probe.pair !== own?.probe?.pair || lang !== own.lang) return []
    if (probe.role === own.probe.role) return []
    const { run, variantIndex, arm, sample } = cell
    return services.store.cells.find(run, variantIndex, promptIndex, arm, sample) ?? []
  })
  return cells.flatMap((other) =>
    refusalRows(services, cell.run, [other]).map((row) => ({ row, answer: partsOf(services, other).answer })),
  )
}

function partsOf({ store }: LabServices, { id }: Cell): { readonly thinking: string; readonly answer: string } {
  const trace = store.traces.get(id)
  if (trace === null) return { thinking: '', answer: '' }
  const { raw, split } = trace
  return {
    thinking: raw.slice(split.thinking.start, split.thinking.end),
    answer: raw.slice(split.answer.start, split.answer.end),
  }
}

/** Cells of one run as rows; those that asked no probe are left out. */
function refusalRows(services: LabServices, run: RunId, cells: readonly Cell[]): readonly RefusalRow[] {
  const prompts = promptsOf(services, run)
  const labels = services.store.labels.latest(run, { cells: cells.map(({ id }) => id) })
  return cells.flatMap((cell) => {
    const prompt = prompts[cell.promptIndex]
    return prompt === undefined ? [] : refusalRow(cell, prompt, labels.get(cell.id) ?? null)
  })
}

function refusalRow(cell: Cell, { text, lang, probe }: Prompt, label: LabelRecord | null): readonly RefusalRow[] {
  if (probe === undefined) return []
  const { topic, pair, role } = probe
  return [
    {
      cell,
      question: text.slice(0, mostChars),
      lang,
      topic,
      pair,
      role,
      outcome: cellOutcome(cell),
      source: label?.source ?? null,
      by: label?.by ?? null,
      rule: label?.judgement?.rule ?? null,
      confidence: label?.judgement?.confidence ?? null,
      reason: label?.reason ?? null,
    },
  ]
}

/** What a finished cell stands for in the log. */
export const cellOutcome = ({ state, outcome }: Cell): Outcome => (state === 'error' ? 'error' : (outcome ?? 'none'))

export const promptsOf = ({ runs }: LabServices, run: RunId): readonly Prompt[] =>
  runs.prompts(run).map(({ prompt }) => prompt)
