import type { ReactNode } from 'react'
import { CartesianGrid, ScatterChart, usePlotArea, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts'
import styles from './chart.module.css'
import { textWidth, type Frame } from '#shared/domain/place-labels.ts'
import type { Scale } from './scales.ts'
import { useWidth } from './use-width.ts'

export interface Axis extends Scale {
  readonly kind: 'linear' | 'log'
  /** With its unit; stands at the axis' end. */
  readonly title: string
  readonly format: (value: number) => string
}

/** Widest of a title's letters on average, pixels. */
const titleLetter = 5.8

/** Where things lie in a plot, pixels. */
export interface Placing {
  readonly frame: Frame
  x(value: number): number
  y(value: number): number
}

export interface PlotProps {
  readonly x: Axis
  readonly y: Axis
  readonly height?: number
  /** Which way the grid runs: along the value axis only. */
  readonly grid?: 'horizontal' | 'vertical'
  /** Room for the tick labels of the y axis. */
  readonly yWidth?: number
  readonly right?: number
  readonly children: (placing: Placing) => ReactNode
}

/** Axes and grid of a chart, as wide as its place; what is drawn in them is the caller's. Nothing in it moves. */
export function Plot({ x, y, height = 208, grid = 'horizontal', yWidth = 30, right = 8, children }: PlotProps) {
  const [element, width] = useWidth<HTMLDivElement>(330)
  return (
    <div ref={element}>
      <ScatterChart
        width={width}
        height={height}
        margin={{ top: 18, right, bottom: 16, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid syncWithTicks vertical={grid === 'vertical'} horizontal={grid === 'horizontal'} />
        <XAxis {...axisProps(x)} dataKey="x" height={22} tickMargin={4} />
        <YAxis {...axisProps(y)} dataKey="y" width={yWidth} axisLine={false} tickLine={false} />
        <Drawing x={x} y={y}>
          {children}
        </Drawing>
      </ScatterChart>
    </div>
  )
}

const axisProps = ({ kind, domain, ticks, format }: Axis) => ({
  type: 'number' as const,
  scale: kind,
  domain: [...domain],
  ticks: [...ticks],
  interval: 0 as const,
  allowDataOverflow: true,
  tickFormatter: format,
  tickSize: 4,
})

function Drawing({
  x,
  y,
  children,
}: {
  readonly x: Axis
  readonly y: Axis
  readonly children: (placing: Placing) => ReactNode
}) {
  const area = usePlotArea()
  const xScale = useXAxisScale()
  const yScale = useYAxisScale()
  if (area === undefined || xScale === undefined || yScale === undefined) return null
  const frame = { left: area.x, right: area.x + area.width, top: area.y, bottom: area.y + area.height }
  return (
    <g>
      <text className={styles['axis-title']} x={0} y={10}>
        {y.title}
      </text>
      {/* A long title goes on to the right of its axis rather than out of the picture. */}
      <text
        className={styles['axis-title']}
        x={Math.max(frame.right, textWidth(x.title, titleLetter))}
        y={frame.bottom + 35}
        textAnchor="end"
      >
        {x.title}
      </text>
      {children({ frame, x: (value) => xScale(value) ?? Number.NaN, y: (value) => yScale(value) ?? Number.NaN })}
    </g>
  )
}
