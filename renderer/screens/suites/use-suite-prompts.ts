import { useCallback, useState } from 'react'
import type { SuitePromptRow } from '#shared/contract/suite-views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { dataOf } from '../../stores/loadable.ts'
import type { CallInput } from '../../stores/query-slice.ts'
import { useLab } from '../../stores/use-app.ts'

const pageRows = 200

export interface SuitePrompts {
  /** Prompts that fit the filter; null until the first answer is there. */
  readonly total: number | null
  readonly error: ErrorInfo | null
  row(index: number): SuitePromptRow | undefined
  want(first: number, last: number): void
}

/** Prompts of a suite, fetched by the page as they come into sight: never more than two pages are held here. */
export function useSuitePrompts(query: Omit<CallInput<'suites.prompts'>, 'offset' | 'limit'> | null): SuitePrompts {
  const [first, setFirst] = useState(0)
  const [known, setKnown] = useState<number | null>(null)
  const page = Math.floor(first / pageRows)
  const at = (number: number) => (query === null ? null : { ...query, offset: number * pageRows, limit: pageRows })
  const answers = [useLab('suites.prompts', at(page)), useLab('suites.prompts', at(page + 1))]
  const pages = answers.map((answer) => dataOf(answer))
  const total = pages[0]?.total ?? pages[1]?.total ?? null
  // The rows of a new filter are on their way: the grid keeps its length until they come, so that it does not jump.
  if (total !== null && total !== known) setKnown(total)
  const failed = answers.find((answer) => answer.status === 'failed')
  const want = useCallback((from: number) => setFirst(from), [])
  return {
    total: total ?? known,
    error: failed?.status === 'failed' ? failed.error : null,
    row: (index) => pages[Math.floor(index / pageRows) - page]?.rows[index % pageRows],
    want,
  }
}
