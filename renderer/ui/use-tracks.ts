import { useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { columnTracks } from './column-tracks.ts'
import type { Column } from './grid-column.ts'

/** Widths step by this, so that a slightly longer text further down does not move every column. */
const step = 8
/** A column that is still cut after this many rounds of getting what it asked for is cut by its own design. */
const mostRounds = 5

/** How wide each column is: by what its rows that have been seen need. A column grows as longer texts come, and never shrinks. */
export function useTracks<Row>(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly Column<Row>[],
  isShown: boolean,
): string {
  const [width, setWidth] = useState(0)
  const [needs, setNeeds] = useState<ReadonlyMap<string, number>>(new Map())
  const rounds = useRef(0)
  const changes = useRef<MutationObserver>(null)
  const look = useEffectEvent((rows: Iterable<Element>) => {
    const grown = grownNeeds(rows, { columns, known: needs, most: width })
    rounds.current = grown === null ? 0 : rounds.current + 1
    if (grown !== null && rounds.current <= mostRounds) setNeeds(grown)
  })
  const lookAtChanged = useEffectEvent((records: readonly MutationRecord[]) => {
    if (records.length === 0) return
    rounds.current = 0
    look(changedRows(records))
  })

  useLayoutEffect(() => {
    const grid = scroller.current
    if (grid === null) return undefined
    const measure = () => setWidth(grid.clientWidth)
    measure()
    const sizes = new ResizeObserver(measure)
    sizes.observe(grid)
    // Some cells load their texts themselves, and are drawn without the grid.
    const texts = new MutationObserver((records) => lookAtChanged(records))
    texts.observe(grid, { childList: true, characterData: true, subtree: true })
    changes.current = texts
    return () => {
      sizes.disconnect()
      texts.disconnect()
    }
  }, [scroller, isShown])

  const keys = columns.map(({ key }) => key).join(' ')
  useLayoutEffect(() => {
    look(scroller.current?.querySelectorAll('[role=row]') ?? [])
  }, [scroller, isShown, width, needs, keys])

  // Before the paint where the grid itself was drawn; only rows whose texts are others are measured.
  useLayoutEffect(() => lookAtChanged(changes.current?.takeRecords() ?? []))

  return columnTracks(
    columns.map(({ width: track }) => track),
    columns.map(({ key }) => needs.get(key) ?? 0),
    width,
  )
}

/** The needs with those of cut cells, or null where none is cut by more than is known. */
function grownNeeds<Row>(
  rows: Iterable<Element>,
  { columns, known, most }: GrownOptions<Row>,
): ReadonlyMap<string, number> | null {
  const grown = new Map(known)
  for (const row of rows) {
    if (liesOverAll(row)) continue
    for (const [index, { key }] of columns.entries()) {
      const cell = row.children[index]
      if (cell === undefined) break
      const cut = cutPixels(cell)
      if (cut === 0) continue
      const need = Math.min(most, Math.ceil((cell.clientWidth + cut) / step) * step)
      if (need > (grown.get(key) ?? 0)) grown.set(key, need)
    }
  }
  return [...grown].some(([key, need]) => need > (known.get(key) ?? 0)) ? grown : null
}

interface GrownOptions<Row> {
  readonly columns: readonly Column<Row>[]
  readonly known: ReadonlyMap<string, number>
  /** Pixels of the grid. */
  readonly most: number
}

/** The head of a group, a notice. */
const liesOverAll = (row: Element): boolean => row.firstElementChild?.hasAttribute('aria-colspan') ?? true

/** The rows that came, and those whose texts are others. */
function changedRows(records: readonly MutationRecord[]): ReadonlySet<Element> {
  const rows = new Set<Element>()
  for (const { target, addedNodes } of records) {
    const row = (target instanceof Element ? target : target.parentElement)?.closest('[role=row]')
    if (row?.isConnected === true) rows.add(row)
    for (const added of addedNodes) if (added instanceof Element && added.matches('[role=row]')) rows.add(added)
  }
  return rows
}

const cutsText = (part: Element): boolean => {
  const { textOverflow, overflowX, maxWidth } = getComputedStyle(part)
  // What has a width of its own gains nothing from a wider column.
  if (maxWidth.endsWith('px')) return false
  return textOverflow === 'ellipsis' || (overflowX === 'hidden' && part.hasAttribute('data-joined'))
}

/** How much of a cell's text is cut off, by itself or by a part of it that ends in an ellipsis. */
function cutPixels(cell: Element): number {
  let cut = Math.max(0, cell.scrollWidth - cell.clientWidth)
  for (const part of cell.getElementsByTagName('*')) {
    const hidden = part.scrollWidth - part.clientWidth
    if (hidden > cut && part.clientWidth > 0 && cutsText(part)) cut = hidden
  }
  return cut
}
