import type { TraceSearch } from '#shared/contract/views.ts'
import { usePages, type Pages } from '../../stores/use-pages.ts'
import type { TraceChoice } from './trace-choice.ts'

export type Hit = TraceSearch['rows'][number]

/** Parts of traces of a run that hold the search. */
export interface Hits extends Pages<'traces.search'> {
  readonly counts: TraceSearch['counts']
}

export function useHits({ run, search, part, hit }: TraceChoice): Hits {
  const query = search.trim()
  const pages = usePages(
    'traces.search',
    query === '' ? null : { run, query, ...(part !== null && { part }) },
    // The hit that was jumped to may lie elsewhere than what is in sight: n and p need its neighbours.
    { also: hit?.row },
  )
  return { ...pages, counts: pages.some?.counts ?? [] }
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
