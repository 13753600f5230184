import { useCallback, useState } from 'react'
import type { Cell } from '#shared/domain/run.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { dataOf } from '../../stores/loadable.ts'
import type { CallInput } from '../../stores/query-slice.ts'
import { useLab } from '../../stores/use-app.ts'
import { filterInput, type TraceChoice } from './trace-choice.ts'

const pageRows = 100

export interface CellPages {
  /** Null until a page is there. */
  readonly total: number | null
  readonly error: ErrorInfo | null
  /** The selected cell, wherever it stands in the list; undefined while it is on its way. */
  readonly selected: Cell | undefined
  row(index: number): Cell | undefined
  want(first: number, last: number): void
}

/** Cells of a run, fetched by the page as they come into sight; filtered and sorted by the lab. */
export function useCellPages({ run, filter, sorting, row, prompt }: TraceChoice): CellPages {
  const [first, setFirst] = useState(row ?? 0)
  const page = Math.floor(first / pageRows)
  const at = (number: number): CallInput<'cells.page'> => ({
    run,
    filter: filterInput(filter),
    sort: sorting.by as 'order',
    descending: sorting.descending,
    offset: number * pageRows,
    limit: pageRows,
  })
  // What is in sight spans at most two pages; the store keeps those that were seen lately.
  const answers = [useLab('cells.page', at(page)), useLab('cells.page', at(page + 1))]
  const pages = answers.map((answer) => dataOf(answer))
  // An address may select a row that is not in sight. Where it names the prompt as well, nobody has to ask.
  const chosen = dataOf(useLab('cells.page', prompt === null ? at(Math.floor((row ?? 0) / pageRows)) : null))
  const total = useKeptTotal(
    JSON.stringify([run, filter, sorting]),
    pages[0]?.total ?? pages[1]?.total ?? chosen?.total ?? null,
  )
  const failed = answers.find((answer) => answer.status === 'failed')
  return {
    total,
    error: failed?.status === 'failed' ? failed.error : null,
    selected: chosen?.rows[(row ?? 0) % pageRows],
    row: (index) => pages[Math.floor(index / pageRows) - page]?.rows[index % pageRows],
    want: useCallback((from: number) => setFirst(from), []),
  }
}

/** The length of a list stays known while one jumps to pages that are still on their way. */
function useKeptTotal(list: string, total: number | null): number | null {
  const [kept, setKept] = useState({ list, total })
  if (total !== null && (kept.list !== list || kept.total !== total)) setKept({ list, total })
  return total ?? (kept.list === list ? kept.total : null)
}
