import { useCallback, useState } from 'react'
import type { ComparedPrompt } from '#shared/contract/compare-views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { dataOf, loading } from '../../stores/loadable.ts'
import type { CallInput } from '../../stores/query-slice.ts'
import { useLab } from '../../stores/use-app.ts'
import { useKept } from './use-kept.ts'

const pageRows = 100

export interface PromptRows {
  /** Null until the first page is there. */
  readonly total: number | null
  readonly error: ErrorInfo | null
  row(index: number): ComparedPrompt | undefined
  want(first: number, last: number): void
}

/** Rows of a quadrant, fetched by the page as they come into sight: never more than two pages are held here. */
export function usePromptRows(input: CallInput<'compare.flips'> | null): PromptRows {
  const [first, setFirst] = useState(0)
  const page = Math.floor(first / pageRows)
  const at = (number: number) => (input === null ? null : { ...input, offset: number * pageRows, limit: pageRows })
  const answers = [useLab('compare.prompts', at(page)), useLab('compare.prompts', at(page + 1))]
  const pages = answers.map((answer) => dataOf(answer))
  const failed = answers.find((answer) => answer.status === 'failed')
  const { data: total } = useKept(answers.find(({ status }) => status === 'ready') ?? loading, JSON.stringify(input))
  const want = useCallback((from: number) => setFirst(from), [])
  return {
    total: total?.total ?? null,
    error: failed?.status === 'failed' ? failed.error : null,
    row: (index) => pages[Math.floor(index / pageRows) - page]?.rows[index % pageRows],
    want,
  }
}
