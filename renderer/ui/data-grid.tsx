import { useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useId, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react'
import { actions as words } from '../actions/actions.ts'
import { useActions } from '../actions/use-actions.ts'
import type { FetchRows } from '../stores/use-pages.ts'
import styles from './data-grid.module.css'
import { leastWidth } from './column-tracks.ts'
import type { Column, Sorting } from './grid-column.ts'
import { GridHead } from './grid-head.tsx'
import { gridKey, onGridKey, type GridActions, type GridPlace } from './grid-keys.ts'
import { GridMenu } from './grid-menu.tsx'
import { useCopyRows } from './use-copy-rows.ts'
import { useHiddenColumns } from './use-hidden-columns.ts'
import { useTracks } from './use-tracks.ts'

export interface DataGridProps<Row> {
  readonly label: string
  /** Under which its columns are kept: the same name, the same columns. */
  readonly name: string
  /** The list that the screen is about: it has j, k and Enter wherever the focus is. One a screen. */
  readonly main?: boolean
  readonly columns: readonly Column<Row>[]
  readonly total: number
  /** The row at an index, or undefined while it is on its way. */
  readonly row: (index: number) => Row | undefined
  /** Told which rows are wanted, so that they can be fetched. */
  readonly onRange?: (first: number, last: number) => void
  /** Every row, where not all are in the page: for copying. */
  readonly all?: FetchRows<Row>
  readonly selected: number | null
  readonly onSelect: (index: number) => void
  readonly onOpen?: (index: number) => void
  readonly sorting?: Sorting | null
  /** Without it nothing sorts. */
  readonly onSort?: (sorting: Sorting) => void
  /** Pixels; of each row its own where they differ. */
  readonly rowHeight?: number | ((row: Row) => number)
  /** Draws a row over all columns: the head of a group, a notice. It is passed over by keys and copying. Null: a row as any. */
  readonly span?: (row: Row) => { readonly node: ReactNode; readonly height: number } | null
  readonly empty?: ReactNode
}

const defaultRowHeight = 28

/**
 * The one list of the lab: any number of rows, windowed. j k and arrows move, Home and End jump, Enter opens, Ctrl C copies
 * the selected row and Shift C all rows as tab-separated text. Its menu puts columns away.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, name, total, row, onRange, selected, onSelect, sorting, onSort, empty } = props
  const [hidden, hide] = useHiddenColumns(name)
  const columns = shownColumns(props.columns, hidden)
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const height = typeof props.rowHeight === 'number' ? props.rowHeight : defaultRowHeight
  const template = useTracks(scroller, columns, total > 0 || empty === undefined)
  // Head and rows scroll sideways together: both are as wide as the columns have to be.
  const minWidth = columns.reduce((sum, { width }) => sum + leastWidth(width), 0)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(props, index),
    // An address that names a row shows it.
    initialOffset: () => Math.max(0, ((selected ?? 0) - 4) * height),
    overscan: 12,
    scrollPaddingStart: 28,
    rangeExtractor: useCallback((range: Range) => withSelected(range, selected), [selected]),
  })
  // Rows of other heights have come to these places: what was measured before is not true any more.
  const heights = props.span === undefined && typeof props.rowHeight !== 'function' ? '' : allHeights(props)
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
  const { said, copyOne, copyAll } = useCopyRows(columns, props.all ?? loadedRows(props))
  const chosen = selected === null ? undefined : row(selected)
  const actions: GridActions = {
    move,
    open: (index) => props.onOpen?.(index),
    copyOne: () => chosen !== undefined && copyOne(chosen),
    copyAll,
  }
  const place = { at: selected, total, page: Math.floor((scroller.current?.clientHeight ?? 280) / height) }
  useMainKeys(props.main === true && total > 0, { grid: scroller, place, actions })

  if (total === 0 && empty !== undefined) return <>{empty}</>
  return (
    <div className={styles['frame']}>
      <div
        ref={scroller}
        className={styles['grid']}
        data-spans={props.span === undefined ? undefined : true}
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={selected === null || selected >= total ? undefined : `${id}-${selected}`}
        tabIndex={0}
        onKeyDown={(event) => onGridKey(event, place, actions)}
      >
        <GridHead
          columns={columns}
          template={template}
          minWidth={minWidth}
          sorting={sorting ?? null}
          onSort={onSort}
          menu={
            <GridMenu
              grid={label}
              columns={props.columns}
              hidden={hidden}
              onHide={hide}
              rows={total}
              onCopyOne={chosen === undefined ? undefined : actions.copyOne}
              onCopyAll={copyAll}
            />
          }
        />
        <div className={styles['rows']} style={{ height: virtual.getTotalSize(), minWidth }} role="rowgroup">
          {items.map(({ index, start, size }) => {
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
                style={{ transform: `translateY(${start}px)`, height: size, gridTemplateColumns: template }}
                onClick={() => onSelect(index)}
                onDoubleClick={() => props.onOpen?.(index)}
              >
                <GridCells columns={columns} row={row(index)} />
              </div>
            )
          })}
        </div>
      </div>
      <output className={styles['said']} data-empty={said === '' || undefined}>
        {said}
      </output>
    </div>
  )
}

/** A grid always shows something: where all columns that there is room for were put away, they are back. */
function shownColumns<Row>(columns: readonly Column<Row>[], hidden: readonly string[]): readonly Column<Row>[] {
  const shown = columns.filter(({ key }) => !hidden.includes(key))
  return shown.some(({ title }) => title !== '') ? shown : columns
}

/** All rows of a grid whose rows are in the page, heads of groups left out. */
const loadedRows =
  <Row,>(props: DataGridProps<Row>): FetchRows<Row> =>
  () => {
    const rows = Array.from({ length: props.total }, (_, index) => props.row(index))
    const isRow = (found: Row | undefined): found is Row =>
      found !== undefined && (props.span?.(found) ?? null) === null
    return Promise.resolve(rows.filter(isRow))
  }

/** The keys of a screen's main list: pressed elsewhere, they bring the focus to it. */
function useMainKeys(
  main: boolean,
  grid: { readonly grid: RefObject<HTMLElement | null>; readonly place: GridPlace; readonly actions: GridActions },
): void {
  const press = (name: string) => () => {
    grid.grid.current?.focus({ preventScroll: true })
    gridKey(name, grid.place, grid.actions)?.()
  }
  const moves = Object.entries(words.list.words).map(([name, [, key = '']]) => [name, press(key)])
  useActions('list', main ? Object.fromEntries(moves) : {})
}

const spanOf = <Row,>({ row, span }: DataGridProps<Row>, index: number) => {
  const found = span === undefined ? undefined : row(index)
  return found === undefined ? null : (span?.(found) ?? null)
}

function heightOf<Row>(props: DataGridProps<Row>, index: number): number {
  const { row, rowHeight = defaultRowHeight } = props
  const span = spanOf(props, index)
  if (span !== null) return span.height
  if (typeof rowHeight === 'number') return rowHeight
  const found = row(index)
  return found === undefined ? defaultRowHeight : rowHeight(found)
}

const allHeights = <Row,>(props: DataGridProps<Row>): string =>
  Array.from({ length: props.total }, (_, index) => heightOf(props, index)).join(' ')

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

function GridCells<Row>({ columns, row }: { readonly columns: readonly Column<Row>[]; readonly row: Row | undefined }) {
  return columns.map(({ key, align, text, cell }) => (
    <div key={key} role="gridcell" data-align={align} title={row === undefined ? undefined : text(row)}>
      {row === undefined ? <div className={styles['waiting']} /> : (cell?.(row) ?? text(row))}
    </div>
  ))
}
