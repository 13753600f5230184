import { useMemo } from 'react'
import { refine, useRoute } from '../routing/use-route.ts'
import type { Sorting } from './grid-column.ts'

export interface GridSorting {
  readonly sorting: Sorting | null
  readonly onSort: (sorting: Sorting) => void
}

/**
 * The order of a grid, as the address holds it: `sort` and `desc`, after `prefix` where a view has two grids. A column is turned
 * upwards, downwards, and back to the rows' own order, which `own` names where a column tells it.
 */
export function useSorting({ prefix = '', own = null }: { prefix?: string; own?: Sorting | null } = {}): GridSorting {
  const { query } = useRoute()
  const by = query[`${prefix}sort`]
  const descending = query[`${prefix}desc`] === '1'
  const asked = useMemo(() => (by === undefined ? null : { by, descending }), [by, descending])
  const sorting = asked ?? own
  const onSort = (next: Sorting) => {
    const back = asked?.by === next.by && asked.descending && own?.by !== next.by
    const to = back || (next.by === own?.by && next.descending === own.descending) ? null : next
    // A row is named by its place, which is another one now.
    refine({ row: undefined, [`${prefix}sort`]: to?.by, [`${prefix}desc`]: to?.descending === true ? 1 : undefined })
  }
  return { sorting, onSort }
}
