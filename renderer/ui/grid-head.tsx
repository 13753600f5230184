import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './data-grid.module.css'
import { sortKey, type Column, type Sorting } from './grid-column.ts'

export interface GridHeadProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly template: string
  readonly minWidth: number
  readonly sorting: Sorting | null
  readonly onSort: ((sorting: Sorting) => void) | undefined
  readonly menu: ReactNode
}

/** The titles, which sort where they can, and the grid's menu at their end. */
export function GridHead<Row>({ columns, template, minWidth, sorting, onSort, menu }: GridHeadProps<Row>) {
  return (
    <div className={styles['head']} role="row" style={{ gridTemplateColumns: template, minWidth }}>
      {columns.map((column, index) => (
        <Title key={column.key} column={column} place={index + 1} sorting={sorting} onSort={onSort} />
      ))}
      <div className={styles['tools']} role="columnheader">
        {menu}
      </div>
    </div>
  )
}

function Title<Row>({
  column,
  place,
  sorting,
  onSort,
}: Pick<GridHeadProps<Row>, 'sorting' | 'onSort'> & { readonly column: Column<Row>; readonly place: number }) {
  const { title, align } = column
  // The menu lies over the last title: every one says where it stands.
  const style = { gridArea: `1 / ${place}` }
  const by = onSort === undefined ? null : sortKey(column)
  if (by === null)
    return (
      <div role="columnheader" data-align={align} style={style}>
        <span className="clip">{title}</span>
      </div>
    )
  const sorted = sorting?.by === by ? sorting : null
  const press = () => onSort?.({ by, descending: sorted !== null && !sorted.descending })
  return (
    <div
      role="columnheader"
      data-align={align}
      data-sortable
      style={style}
      aria-sort={sorted === null ? 'none' : sorted.descending ? 'descending' : 'ascending'}
      tabIndex={0}
      onClick={press}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        press()
      }}
    >
      <span className="clip">{title}</span>
      {sorted !== null && (sorted.descending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />)}
    </div>
  )
}
