import type { ReactNode } from 'react'

/** One column. `text` is what copying and screen readers get; `cell` draws it where text alone is not enough. */
export interface Column<Row> {
  readonly key: string
  /** Empty for a column of buttons: it is no data, so it is neither hidden nor copied. */
  readonly title: string
  /**
   * The least it takes, `96px`; its share of what no column needs, `minmax(120px, 1fr)`; or what it may take at most while
   * texts beside it are cut, `minmax(84px, 150px)`.
   */
  readonly width: string
  readonly align?: 'start' | 'end'
  /** What the lab calls its order, where the lab sorts the rows. */
  readonly sort?: string
  /** What the page sorts by, where all rows are in the page. Null is last, whichever way. */
  readonly order?: (row: Row) => number | string | null
  readonly text: (row: Row) => string
  readonly cell?: (row: Row) => ReactNode
}

export interface Sorting {
  readonly by: string
  readonly descending: boolean
}

/** What a column is sorted by, or null where it cannot be. */
export const sortKey = <Row>({ key, sort, order }: Column<Row>): string | null =>
  sort ?? (order === undefined ? null : key)

const collator = new Intl.Collator('en', { numeric: true })

/** Rows in the order of a column; equal ones stay as they were. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const compare = comparison(columns, sorting)
  return compare === null ? rows : rows.toSorted(compare)
}

/** Sorts what stands between the heads of groups; what is said of a row stays below it. */
export function sortGroups<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { sorting, placeOf }: { readonly sorting: Sorting | null; readonly placeOf: (row: Row) => 'head' | 'row' | 'below' },
): readonly Row[] {
  const compare = comparison(columns, sorting)
  if (compare === null) return rows
  const sorted: Row[] = []
  let group: [Row, ...Row[]][] = []
  const close = () => {
    sorted.push(...group.toSorted(([a], [b]) => compare(a, b)).flat())
    group = []
  }
  for (const row of rows) {
    const place = placeOf(row)
    if (place === 'head') {
      close()
      sorted.push(row)
    } else if (place === 'below' && group.length > 0) group.at(-1)?.push(row)
    else group.push([row])
  }
  close()
  return sorted
}

function comparison<Row>(columns: readonly Column<Row>[], sorting: Sorting | null) {
  const order = columns.find((column) => sorting !== null && sortKey(column) === sorting.by)?.order
  if (sorting === null || order === undefined) return null
  const way = sorting.descending ? -1 : 1
  return (a: Row, b: Row): number => {
    const [x, y] = [order(a), order(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    if (typeof x === 'number' && typeof y === 'number') return way * (x - y)
    return way * collator.compare(String(x), String(y))
  }
}
