import { useCallback, useState } from 'react'
import type { LabClient } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { dataOf } from './loadable.ts'
import type { CallInput, CallName, CallOutput } from './query-slice.ts'
import { useAppStore, useLab } from './use-app.ts'

const pageRows = 100
/** What the lab gives at once when all rows are wanted. */
const fetchedRows = 1000

interface AnyPage {
  readonly total: number
  readonly rows: readonly unknown[]
}

/** Calls that answer with a page of a list. */
export type PagedName = { [K in CallName]: CallOutput<K> extends AnyPage ? K : never }[CallName]
export type PagedRow<N extends PagedName> =
  CallOutput<N> extends { readonly rows: readonly (infer Row)[] } ? Row : never
export type PagedQuery<N extends PagedName> = Omit<CallInput<N>, 'offset' | 'limit'>

/** All rows of a list, or as many as `most`; told how far it is as it goes. */
export type FetchRows<Row> = (options: {
  readonly most: number
  readonly onProgress: (done: number, total: number) => void
  readonly signal: AbortSignal
}) => Promise<readonly Row[]>

/** A list of the lab, fetched by the page as its rows come into sight. */
export interface Pages<N extends PagedName> {
  /** Null until a page is there. */
  readonly total: number | null
  readonly error: ErrorInfo | null
  /** A page that is there, whichever: for what every page says of the whole list. */
  readonly some: CallOutput<N> | null
  row(index: number): PagedRow<N> | undefined
  want(first: number, last: number): void
  readonly all: FetchRows<PagedRow<N>>
}

/**
 * Null asks nothing. `first` is in sight at the beginning; `also` is a row that is wanted wherever one has scrolled to. `list`
 * says which list it is: its length stays known while the pages of another filter or order are on their way.
 */
export function usePages<N extends PagedName>(
  name: N,
  query: PagedQuery<N> | null,
  { first: start = 0, also, list }: { first?: number; also?: number | undefined; list?: string } = {},
): Pages<N> {
  const { lab } = useAppStore()
  const [first, setFirst] = useState(start)
  const page = Math.floor(first / pageRows)
  const other = also === undefined ? page : Math.floor(also / pageRows)
  const at = (number: number) =>
    query === null ? null : ({ ...query, offset: number * pageRows, limit: pageRows } as unknown as CallInput<N>)
  // What is in sight spans at most two pages; the store keeps those that were seen lately.
  const answers = [
    { page, answer: useLab(name, at(page)) },
    { page: page + 1, answer: useLab(name, at(page + 1)) },
    { page: other, answer: useLab(name, at(other)) },
  ]
  const pages = new Map(answers.map((entry) => [entry.page, dataOf(entry.answer) as (CallOutput<N> & AnyPage) | null]))
  const found = [...pages.values()].find((data) => data !== null) ?? null
  const some = useKept(query === null ? null : (list ?? JSON.stringify(query)), found)
  const failed = answers.map(({ answer }) => answer).find((answer) => answer.status === 'failed')
  const key = JSON.stringify(query)
  return {
    total: some?.total ?? null,
    error: failed?.status === 'failed' ? failed.error : null,
    some,
    row: (index) => pages.get(Math.floor(index / pageRows))?.rows[index % pageRows] as PagedRow<N> | undefined,
    want: useCallback((from: number) => setFirst(from), []),
    all: useCallback(
      (options) => fetchRows(lab, name, JSON.parse(key) as PagedQuery<N> | null, options),
      [lab, name, key],
    ),
  }
}

/** What was known of a list, while one jumps to pages that are still on their way. */
function useKept<T>(list: string | null, found: T | null): T | null {
  const [kept, setKept] = useState({ list, found })
  if (found !== null && (kept.list !== list || kept.found !== found)) setKept({ list, found })
  return list === null ? null : (found ?? (kept.list === list ? kept.found : null))
}

async function fetchRows<N extends PagedName>(
  lab: LabClient,
  name: N,
  query: PagedQuery<N> | null,
  { most, onProgress, signal }: Parameters<FetchRows<PagedRow<N>>>[0],
): Promise<readonly PagedRow<N>[]> {
  const rows: PagedRow<N>[] = []
  const call = lab[name] as (input: unknown) => Promise<AnyPage>
  let total = Infinity
  while (query !== null && rows.length < Math.min(most, total) && !signal.aborted) {
    const limit = Math.min(fetchedRows, most - rows.length)
    const page = await call({ ...query, offset: rows.length, limit })
    // A list that has become shorter meanwhile ends earlier.
    if (page.rows.length === 0) break
    rows.push(...(page.rows as PagedRow<N>[]))
    total = page.total
    onProgress(rows.length, total)
  }
  return rows
}
