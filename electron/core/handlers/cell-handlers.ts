import type { PromptView } from '#shared/contract/views.ts'
import type { Arm } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { cellId, runId } from '#shared/domain/ids.ts'
import { cellFacets } from '../analysis/cell-facets.ts'
import type { CellFilter } from '../store/store.ts'
import { promptContext } from './compared-prompts.ts'
import type { HandlerGroup, LabServices } from './lab-services.ts'

type Names =
  | 'cells.page'
  | 'cells.facets'
  | 'cells.grid'
  | 'cells.trace'
  | 'cells.tokens'
  | 'cells.find'
  | 'cells.prompt'
  | 'traces.search'
  | 'traces.marks'

export function cellHandlers(services: LabServices): HandlerGroup<Names> {
  const { store, runs } = services
  return {
    'cells.page': ({ run, filter, sort, descending, offset, limit }) =>
      store.cells.page(runId(run), { filter: filter as CellFilter, sort, descending, offset, limit }),
    'cells.facets': ({ run, filter }) => cellFacets(runs.facts(runId(run)), filter as CellFilter),
    'cells.grid'({ run }) {
      const { id, variants, arms, samples, counts } = runs.get(runId(run))
      const rows = variants.flatMap(({ index }) =>
        arms.flatMap((arm) => Array.from({ length: samples }, (_, sample) => ({ variantIndex: index, arm, sample }))),
      )
      const columns = rows.length === 0 ? 0 : counts.total / rows.length
      return { columns, rows, codes: Buffer.from(store.cells.grid(id)).toString('base64') }
    },
    'cells.trace': ({ cell }) => traceOf(services, cell),
    'cells.tokens': ({ cell }) => store.traces.tokens(cellId(cell)),
    'cells.find': ({ run, variantIndex, promptIndex, arm, sample }) =>
      store.cells.find(runId(run), variantIndex, promptIndex, arm, sample),
    'cells.prompt': (input) => promptView(services, input),
    'traces.search'({ run, query, part, offset, limit }) {
      const id = runId(run)
      const hits = store.traces.search(id, query, { offset, limit, ...(part === undefined ? {} : { part }) })
      return { ...hits, counts: store.traces.hitCounts(id, query) }
    },
    'traces.marks': ({ cell, query }) => store.traces.marks(cellId(cell), query),
  }
}

function traceOf({ store }: LabServices, cell: number) {
  const trace = store.traces.get(cellId(cell))
  if (trace !== null) return trace
  throw new LabError('NOT_FOUND', `Cell ${cell} has no text yet.`, { hint: 'It has not run, or its run was deleted.' })
}

function promptView(
  services: LabServices,
  { run, promptIndex, arm, sample }: { run: number; promptIndex: number; arm: Arm; sample: number },
): PromptView {
  const { store, runs } = services
  const found = runs.get(runId(run))
  const { id, variants } = found
  const selected = store.runs.prompt(id, promptIndex)
  if (selected === null) throw new LabError('NOT_FOUND', `Run ${run} has no prompt ${promptIndex}.`)
  const cells = variants.flatMap(({ index }) => {
    const cell = store.cells.find(id, index, promptIndex, arm, sample)
    if (cell === null) return []
    const trace = store.traces.get(cell.id)
    const part = (span: { start: number; end: number } | undefined) =>
      trace === null || span === undefined ? '' : trace.raw.slice(span.start, span.end)
    return [
      {
        variantIndex: index,
        cell,
        raw: trace?.raw ?? '',
        thinking: part(trace?.split.thinking),
        answer: part(trace?.split.answer),
        thinkState: trace?.split.thinkState ?? null,
        grade: trace?.grade ?? null,
        fingerprint: trace?.fingerprint ?? null,
        promptTokens: trace?.promptTokens ?? null,
        error: trace?.error ?? null,
      },
    ]
  })
  const context = promptContext(services, found, { promptIndex, arm, sample })
  return { prompt: selected.prompt, suite: selected.suite.name, total: store.runs.promptCount(id), cells, ...context }
}
