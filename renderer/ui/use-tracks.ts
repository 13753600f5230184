import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { columnTracks } from './column-tracks.ts'
import type { Column } from './grid-column.ts'

/** Widths step by this, so that a slightly longer text further down does not move every column. */
const step = 8
/** A column that is still cut after this many rounds of getting what it asked for is cut by its own design. */
const mostRounds = 5
/** The head and the rows, but not what lies over all columns. */
const rows = ':scope > [role=row], :scope > [role=rowgroup] > [role=row]:not(:has(> [aria-colspan]))'

/** How wide each column is: by what its rows that have been seen need. A column grows as longer texts come, and never shrinks. */
export function useTracks<Row>(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly Column<Row>[],
  isShown: boolean,
): string {
  const [width, setWidth] = useState(0)
  const [needs, setNeeds] = useState<ReadonlyMap<string, number>>(new Map())
  const rounds = useRef(0)

  useLayoutEffect(() => {
    const grid = scroller.current
    if (grid === null) return undefined
    const measure = () => setWidth(grid.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(grid)
    return () => observer.disconnect()
  }, [scroller, isShown])

  // After every drawing: rows come and go with scrolling, and their texts as they are loaded. The rounds end the chain.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    const grown = scroller.current === null ? null : grownNeeds(scroller.current, columns, needs)
    rounds.current = grown === null ? 0 : rounds.current + 1
    if (grown !== null && rounds.current <= mostRounds) setNeeds(grown)
  })

  return columnTracks(
    columns.map(({ width: track }) => track),
    columns.map(({ key }) => needs.get(key) ?? 0),
    width,
  )
}

/** The needs with those of cut cells, or null where none is cut by more than is known. */
function grownNeeds<Row>(
  grid: HTMLElement,
  columns: readonly Column<Row>[],
  known: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> | null {
  const most = grid.clientWidth
  const grown = new Map(known)
  for (const row of grid.querySelectorAll(rows)) {
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

const cutsText = (part: Element): boolean => {
  const { textOverflow, overflowX } = getComputedStyle(part)
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
