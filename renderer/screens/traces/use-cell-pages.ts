import type { Cell } from '#shared/domain/run.ts'
import { usePages, type Pages } from '../../stores/use-pages.ts'
import { filterInput, type TraceChoice } from './trace-choice.ts'

export interface CellPages extends Pages<'cells.page'> {
  /** The selected cell, wherever it stands in the list; undefined while it is on its way. */
  readonly selected: Cell | undefined
}

/** Cells of a run, filtered and sorted by the lab. */
export function useCellPages({ run, filter, sorting, row, prompt }: TraceChoice): CellPages {
  // An address may select a row that is not in sight. Where it names the prompt as well, nobody has to ask.
  const asked = prompt === null ? (row ?? 0) : undefined
  const pages = usePages(
    'cells.page',
    { run, filter: filterInput(filter), sort: sorting.by as 'order', descending: sorting.descending },
    { first: row ?? 0, also: asked },
  )
  return { ...pages, selected: asked === undefined ? undefined : pages.row(asked) }
}
