import { useCallback, useState } from 'react'
import type { TraceSearch } from '#shared/contract/views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { dataOf } from '../../stores/loadable.ts'
import type { CallInput } from '../../stores/query-slice.ts'
import { useLab } from '../../stores/use-app.ts'
import type { TraceChoice } from './trace-choice.ts'

const pageRows = 100

export type Hit = TraceSearch['rows'][number]

/** Traces of a run that hold the search, a page at a time. */
export interface Hits {
  /** Parts of traces that hold it; null until they are known. */
  readonly total: number | null
  readonly counts: TraceSearch['counts']
  readonly error: ErrorInfo | null
  row(index: number): Hit | undefined
  want(first: number, last: number): void
}

export function useHits({ run, search, part, hit }: TraceChoice): Hits {
  const [first, setFirst] = useState(0)
  const query = search.trim()
  const at = (number: number): CallInput<'traces.search'> | null =>
    query === '' ? null : { run, query, ...(part === null ? {} : { part }), offset: number * pageRows, limit: pageRows }
  const page = Math.floor(first / pageRows)
  // The hit that was jumped to may lie elsewhere than what is in sight: n and p need its neighbours.
  const jumped = Math.floor((hit?.row ?? first) / pageRows)
  const shown = useLab('traces.search', at(page))
  const answers = [
    { page, answer: shown },
    { page: page + 1, answer: useLab('traces.search', at(page + 1)) },
    { page: jumped, answer: useLab('traces.search', at(jumped)) },
  ]
  const pages = new Map(answers.map((entry) => [entry.page, dataOf(entry.answer)]))
  const known = useKeptSearch(
    JSON.stringify([run, query, part]),
    answers.map(({ answer }) => dataOf(answer)).find((data) => data !== null) ?? null,
  )
  return {
    total: query === '' ? null : (known?.total ?? null),
    counts: known?.counts ?? [],
    error: shown.status === 'failed' ? shown.error : null,
    row: (index) => pages.get(Math.floor(index / pageRows))?.rows[index % pageRows],
    want: useCallback((from: number) => setFirst(from), []),
  }
}

/** The counts of a search stay known while one jumps to hits that are still on their way. */
function useKeptSearch(search: string, found: TraceSearch | null): TraceSearch | null {
  const [kept, setKept] = useState({ search, found })
  if (found !== null && (kept.search !== search || kept.found?.total !== found.total)) setKept({ search, found })
  return found ?? (kept.search === search ? kept.found : null)
}

/** The place before or after another one, going from trace to trace and round at the ends. Null where a row is not known yet. */
export function neighbour(
  hits: Pick<Hits, 'total' | 'row'>,
  from: TraceChoice['hit'],
  way: 1 | -1,
): { readonly row: number; readonly place: number } | null {
  const { total } = hits
  if (total === null || total === 0) return null
  if (from === null) return { row: 0, place: 0 }
  const here = hits.row(from.row)
  if (here === undefined) return null
  const place = from.place + way
  if (place >= 0 && place < here.count) return { row: from.row, place }
  const row = (from.row + way + total) % total
  if (way === 1) return { row, place: 0 }
  return { row, place: Math.max(0, (hits.row(row)?.count ?? 1) - 1) }
}
