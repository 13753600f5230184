import { useVirtualizer, type Range } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useCallback, useEffect, useId, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import styles from './data-grid.module.css'

/** One column. `text` is what copying and screen readers get; `cell` draws it where text alone is not enough. */
export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** A grid track: `96px`, `minmax(120px, 1fr)`. */
  readonly width: string
  readonly align?: 'start' | 'end'
  /** What it sorts by, where it can. */
  readonly sort?: string
  readonly text: (row: Row) => string
  readonly cell?: (row: Row) => ReactNode
}

export interface Sorting {
  readonly by: string
  readonly descending: boolean
}

export interface DataGridProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly total: number
  /** The row at an index, or undefined while it is on its way. */
  readonly row: (index: number) => Row | undefined
  /** Told which rows are wanted, so that they can be fetched. */
  readonly onRange?: (first: number, last: number) => void
  readonly selected: number | null
  readonly onSelect: (index: number) => void
  readonly onOpen?: (index: number) => void
  readonly sorting?: Sorting | null
  readonly onSort?: (sorting: Sorting) => void
  readonly rowHeight?: number
  /** Draws a row over all columns: the head of a group, a notice. It is passed over by keys and copying. Null: a row as any. */
  readonly span?: (row: Row) => { readonly node: ReactNode; readonly height: number } | null
  readonly empty?: ReactNode
}

const defaultRowHeight = 28

/**
 * The one list of the lab: any number of rows, windowed. j k and arrows move, Home and End jump, Enter opens, Ctrl C copies
 * the selected row, or all that are loaded with Shift, as tab-separated text.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, total, row, onRange, selected, onSelect, sorting, onSort, empty } = props
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const height = props.rowHeight ?? defaultRowHeight
  const template = columns.map(({ width }) => width).join(' ')
  // Head and rows scroll sideways together: both are as wide as the columns have to be.
  const minWidth = columns.reduce((sum, { width }) => sum + leastWidth(width), 0)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => spanOf(props, index)?.height ?? height,
    // An address that names a row shows it.
    initialOffset: () => Math.max(0, ((selected ?? 0) - 4) * height),
    overscan: 12,
    scrollPaddingStart: 28,
    rangeExtractor: useCallback((range: Range) => withSelected(range, selected), [selected]),
  })
  // Rows of other heights have come to these places: what was measured before is not true any more.
  const heights = props.span === undefined ? '' : spanHeights(props)
  useLayoutEffect(() => virtual.measure(), [virtual, heights])
  const items = virtual.getVirtualItems()
  const first = items.find(({ index }) => index !== selected)?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (total > 0) onRange?.(first, last)
  }, [onRange, first, last, total])

  const move = (index: number) => {
    const target = nearestRow(props, Math.max(0, Math.min(total - 1, index)))
    if (target === null) return
    onSelect(target)
    // The head of the first group comes into view with its first row.
    virtual.scrollToIndex(target === nearestRow(props, 0) ? 0 : target)
  }
  const onKeyDown = (event: KeyboardEvent) =>
    handleKey(event, props, { move, page: Math.floor((scroller.current?.clientHeight ?? 280) / height) })

  if (total === 0 && empty !== undefined) return <>{empty}</>
  return (
    <div
      ref={scroller}
      className={styles['grid']}
      data-spans={props.span === undefined ? undefined : true}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={selected === null || selected >= total ? undefined : `${id}-${selected}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <GridHead
        columns={columns}
        template={template}
        minWidth={minWidth}
        sorting={sorting ?? null}
        {...(onSort && { onSort })}
      />
      <div className={styles['rows']} style={{ height: virtual.getTotalSize(), minWidth }} role="rowgroup">
        {items.map(({ index, start }) => {
          const span = spanOf(props, index)
          if (span !== null)
            return <SpanRow key={index} {...span} index={index} start={start} columns={columns.length} />
          return (
            // Clicking selects; the keyboard does the same on the grid itself.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={index}
              id={`${id}-${index}`}
              className={styles['row']}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === selected}
              style={{ transform: `translateY(${start}px)`, height, gridTemplateColumns: template }}
              onClick={() => onSelect(index)}
              onDoubleClick={() => props.onOpen?.(index)}
            >
              <GridCells columns={columns} row={row(index)} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Pixels that a track cannot go below: `96px`, `minmax(120px, 1fr)`. */
const leastWidth = (track: string): number => Number(/\d+(?=px)/.exec(track)?.[0] ?? 0)

const spanOf = <Row,>({ row, span }: DataGridProps<Row>, index: number) => {
  const found = span === undefined ? undefined : row(index)
  return found === undefined ? null : (span?.(found) ?? null)
}

const spanHeights = <Row,>(props: DataGridProps<Row>): string =>
  Array.from({ length: props.total }, (_, index) => spanOf(props, index)?.height ?? '').join(' ')

/** The row at an index, or the nearest one beyond it in the direction of the move that can be selected. */
function nearestRow<Row>(props: DataGridProps<Row>, index: number): number | null {
  const isRow = (at: number) => at >= 0 && at < props.total && spanOf(props, at) === null
  const step = props.selected !== null && index < props.selected ? -1 : 1
  for (const direction of [step, -step]) {
    for (let at = index; at >= 0 && at < props.total; at += direction) if (isRow(at)) return at
  }
  return null
}

function SpanRow({
  node,
  height,
  index,
  start,
  columns,
}: {
  readonly node: ReactNode
  readonly height: number
  readonly index: number
  readonly start: number
  readonly columns: number
}) {
  return (
    <div
      className={styles['span']}
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${start}px)`, height }}
    >
      <div role="gridcell" aria-colspan={columns}>
        {node}
      </div>
    </div>
  )
}

/** The selected row stays in the page even when it has scrolled away: the grid's active descendant has to exist. */
function withSelected(range: Range, selected: number | null): number[] {
  const from = Math.max(0, range.startIndex - range.overscan)
  const to = Math.min(range.count - 1, range.endIndex + range.overscan)
  const indexes = Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => from + offset)
  if (selected === null || selected >= range.count || (selected >= from && selected <= to)) return indexes
  return selected < from ? [selected, ...indexes] : [...indexes, selected]
}

interface GridHeadProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly template: string
  readonly minWidth: number
  readonly sorting: Sorting | null
  readonly onSort?: (sorting: Sorting) => void
}

function GridHead<Row>({ columns, template, minWidth, sorting, onSort }: GridHeadProps<Row>) {
  return (
    <div className={styles['head']} role="row" style={{ gridTemplateColumns: template, minWidth }}>
      {columns.map(({ key, title, align, sort }) => {
        const by = sort !== undefined && onSort !== undefined ? sort : null
        const sorted = by !== null && sorting?.by === by ? sorting : null
        const press = () => by !== null && onSort?.({ by, descending: sorted !== null && !sorted.descending })
        return (
          <div
            key={key}
            role="columnheader"
            data-align={align}
            data-sortable={by === null ? undefined : true}
            aria-sort={sorted === null ? undefined : sorted.descending ? 'descending' : 'ascending'}
            tabIndex={by === null ? undefined : 0}
            onClick={press}
            onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && press()}
          >
            <span className="clip">{title}</span>
            {sorted !== null && (sorted.descending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />)}
          </div>
        )
      })}
    </div>
  )
}

function GridCells<Row>({ columns, row }: { readonly columns: readonly Column<Row>[]; readonly row: Row | undefined }) {
  return columns.map(({ key, align, text, cell }) => (
    <div key={key} role="gridcell" data-align={align} title={row === undefined ? undefined : text(row)}>
      {row === undefined ? <div className={styles['waiting']} /> : (cell?.(row) ?? text(row))}
    </div>
  ))
}

interface Moves {
  readonly move: (index: number) => void
  readonly page: number
}

function handleKey<Row>(event: KeyboardEvent, props: DataGridProps<Row>, { move, page }: Moves): void {
  if (event.target !== event.currentTarget) return
  const at = props.selected ?? -1
  const targets: Readonly<Record<string, number>> = {
    j: at + 1,
    ArrowDown: at + 1,
    k: at - 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: props.total - 1,
  }
  const target = targets[event.key]
  if (target !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    move(target)
  } else if (event.key === 'Enter' && props.selected !== null) {
    event.preventDefault()
    props.onOpen?.(props.selected)
  } else if (
    event.key.toLowerCase() === 'c' &&
    (event.ctrlKey || event.metaKey) &&
    window.getSelection()?.isCollapsed !== false
  ) {
    event.preventDefault()
    void navigator.clipboard.writeText(asTsv(props, event.shiftKey))
  }
}

/** Tabs and line breaks inside a text would break the table: they become spaces. */
function asTsv<Row>({ columns, total, row, selected, span }: DataGridProps<Row>, all: boolean): string {
  const indexes = all ? Array.from({ length: total }, (_, index) => index) : selected === null ? [] : [selected]
  const rows = indexes.map(row).filter((found) => found !== undefined && (span?.(found) ?? null) === null) as Row[]
  const line = (texts: readonly string[]) => texts.map((text) => text.replace(/[\t\r\n]+/g, ' ')).join('\t')
  return [
    line(columns.map(({ title }) => title)),
    ...rows.map((found) => line(columns.map(({ text }) => text(found)))),
  ].join('\n')
}
