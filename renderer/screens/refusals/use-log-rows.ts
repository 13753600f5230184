import { useCallback, useState } from 'react'
import type { RefusalRow } from '#shared/contract/refusal-views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import type { LogInput } from './refusals-query.ts'

const pageRows = 100

export interface LogRows {
  /** Null until the first page is there. */
  readonly total: number | null
  readonly error: ErrorInfo | null
  row(index: number): RefusalRow | undefined
  want(first: number, last: number): void
}

/** Rows of the log, fetched by the page as they come into sight; never more than two pages are held here. */
export function useLogRows(input: Omit<LogInput, 'offset' | 'limit'>): LogRows {
  const [first, setFirst] = useState(0)
  const page = Math.floor(first / pageRows)
  const at = (number: number) => ({ ...input, offset: number * pageRows, limit: pageRows })
  const answers = [useLab('refusals.log', at(page)), useLab('refusals.log', at(page + 1))]
  const pages = answers.map((answer) => dataOf(answer))
  const failed = answers.find((answer) => answer.status === 'failed')
  const want = useCallback((from: number) => setFirst(from), [])
  return {
    total: pages[0]?.total ?? pages[1]?.total ?? null,
    error: failed?.status === 'failed' ? failed.error : null,
    row: (index) => pages[Math.floor(index / pageRows) - page]?.rows[index % pageRows],
    want,
  }
}
