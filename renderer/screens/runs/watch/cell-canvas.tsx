import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react'
import { cellTokenNames, cellTokens } from './cell-colours.ts'
import { cellAt, cellTopLeft, moveCursor, type CellLayout, type CellPlace } from './cell-layout.ts'
import { drawCells } from './draw-cells.ts'
import { useColours } from './use-colours.ts'
import styles from './cells.module.css'

export interface CellCanvasProps {
  readonly layout: CellLayout
  readonly codes: Uint8Array
  readonly running: ReadonlySet<number>
  readonly shown: number | null
  /** Precision of each row, as `data-p` has it. */
  readonly precisions: readonly string[]
  /** Said to screen readers with the cell that is pointed at. */
  readonly label: string
  readonly pointed: CellPlace | null
  readonly onPoint: (place: CellPlace | null) => void
  readonly onOpen: (place: CellPlace) => void
  /** A column that shall be in sight; null leaves the view where it is. */
  readonly follow: number | null
  /** What is said of the cell that is pointed at, drawn over the canvas; told how far it is scrolled. */
  readonly tip: (scrolled: number) => ReactNode
}

/**
 * All cells of a run on one canvas as large as what is seen of it. The pointer and the arrow keys point at cells, a click
 * and Enter open them.
 */
export function CellCanvas(props: CellCanvasProps) {
  const { layout, codes, running, shown, pointed, onPoint, onOpen, follow } = props
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const probes = useRef<HTMLSpanElement>(null)
  const colours = useColours(probes, props.precisions.join())
  const [top, setTop] = useState(0)
  const size = useSize(scroller)
  const [focused, setFocused] = useState(false)

  useLayoutEffect(() => {
    const pen = prepare(canvas.current, size)
    if (pen === null || colours === null) return
    const cursor = focused ? pointed : null
    drawCells(
      pen,
      { layout, codes, running, cursor, shown, colours: colours.cells, rowColours: colours.rows },
      { top, ...size },
    )
  }, [layout, codes, running, shown, colours, top, size, focused, pointed])

  const band = follow === null ? null : Math.floor(follow / layout.perBand)
  useEffect(() => {
    if (band !== null) reveal(scroller.current, layout, band)
  }, [band, layout])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && pointed !== null) {
      event.preventDefault()
      onOpen(pointed)
      return
    }
    const next = moveCursor(layout, pointed ?? { row: 0, column: 0 }, event.key)
    if (next === null) return
    event.preventDefault()
    onPoint(next)
    reveal(scroller.current, layout, Math.floor(next.column / layout.perBand))
  }
  const placeAt = (event: PointerEvent | React.MouseEvent): CellPlace | null => {
    const box = event.currentTarget.getBoundingClientRect()
    return cellAt(layout, { x: event.clientX - box.left, y: event.clientY - box.top + top })
  }
  return (
    <>
      {/* The cells have no elements of their own: this one speaks and listens for them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroller}
        className={styles['scroller']}
        role="application"
        aria-roledescription="grid of cells"
        aria-label={props.label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onFocus={(event) => {
          const byKeyboard = event.currentTarget.matches(':focus-visible')
          setFocused(byKeyboard)
          if (byKeyboard && pointed === null) onPoint({ row: 0, column: shown ?? 0 })
        }}
        onBlur={() => {
          setFocused(false)
          onPoint(null)
        }}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: layout.height }}>
          <canvas
            ref={canvas}
            aria-hidden="true"
            onPointerMove={(event) => onPoint(placeAt(event))}
            onPointerLeave={() => onPoint(null)}
            onClick={(event) => {
              const place = placeAt(event)
              if (place !== null) onOpen(place)
            }}
          />
        </div>
        <span ref={probes} hidden>
          {cellTokenNames.map((name) => (
            <span key={name} style={{ color: `var(${cellTokens[name]})` }} />
          ))}
          {props.precisions.map((precision, row) => (
            <span key={`${row} ${precision}`} data-p={precision} style={{ color: 'var(--p)' }} />
          ))}
        </span>
      </div>
      {pointed !== null && props.tip(top)}
    </>
  )
}

interface Size {
  readonly width: number
  readonly height: number
}

function useSize(element: React.RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const watched = element.current
    if (watched === null) return undefined
    const measure = () => setSize({ width: watched.clientWidth, height: watched.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(watched)
    return () => observer.disconnect()
  }, [element])
  return size
}

/** A canvas as sharp as the screen. Setting its size clears it, so that is done only where it changed. */
function prepare(canvas: HTMLCanvasElement | null, { width, height }: Size): CanvasRenderingContext2D | null {
  const pen = canvas?.getContext('2d') ?? null
  if (canvas === null || pen === null || width === 0 || height === 0) return null
  const ratio = window.devicePixelRatio
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w
    canvas.height = h
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  return pen
}

function reveal(scroller: HTMLElement | null, layout: CellLayout, band: number): void {
  if (scroller === null) return
  const { y } = cellTopLeft(layout, { row: 0, column: band * layout.perBand })
  const bottom = y + layout.bandHeight
  if (y < scroller.scrollTop) scroller.scrollTop = y
  else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight
}
