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
  row(index: number): Cell | undefined
  want(first: number, last: number): void
}

/** Cells of a run, fetched by the page as they come into sight; filtered and sorted by the lab. */
export function useCellPages({ run, filter, sorting, row }: TraceChoice): CellPages {
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
  const failed = answers.find((answer) => answer.status === 'failed')
  return {
    total: pages[0]?.total ?? pages[1]?.total ?? null,
    error: failed?.status === 'failed' ? failed.error : null,
    row: (index) => pages[Math.floor(index / pageRows) - page]?.rows[index % pageRows],
    want: useCallback((from: number) => setFirst(from), []),
  }
}
