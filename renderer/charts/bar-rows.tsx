import styles from './chart.module.css'
import { Marked } from './marks.tsx'
import { Plot } from './plot.tsx'
import { textWidth } from '#shared/domain/place-labels.ts'
import { scaleFromZero } from './scales.ts'
import { plotNames, seriesColour, type Series } from './series.ts'

export interface BarRow extends Series {
  /** Null where it is not known; `words` then says why. */
  readonly value: number | null
  readonly interval: readonly [low: number, high: number] | null
  /** The figure with its unit, or the reason that there is none. */
  readonly words: string
}

/** As tall as the other charts, taller where there are many rows. */
const plotHeight = (rows: number): number => Math.max(208, rows * 22 + 58)
const thickestBar = 22
const barOf = (rows: number): number =>
  Math.min(thickestBar, Math.round((0.5 * (plotHeight(rows) - 58)) / Math.max(1, rows)))

/** A bar a variant from 0 with its interval, its figure at its end. `mark`: a value that all are read against. */
export function BarRows({
  rows,
  title,
  format,
  mark,
}: {
  readonly rows: readonly BarRow[]
  readonly title: string
  readonly format: (value: number) => string
  readonly mark?: { readonly value: number; readonly label: string }
}) {
  const names = plotNames(rows)
  const labelWidth = Math.min(140, 14 + Math.max(0, ...names.map((name) => textWidth(name))))
  const ends = rows.map(({ value, interval }) => interval?.[1] ?? value ?? 0)
  const scale = scaleFromZero([...ends, mark?.value ?? 0])
  const bar = barOf(rows.length)
  return (
    <Plot
      height={plotHeight(rows.length)}
      grid="vertical"
      yWidth={labelWidth}
      right={12 + Math.max(0, ...rows.map(({ words }) => textWidth(words)))}
      x={{ ...scale, kind: 'linear', title, format }}
      y={{
        kind: 'linear',
        domain: [rows.length - 0.5, -0.5],
        ticks: rows.map((_, index) => index),
        title: '',
        format: (index) => names[index] ?? '',
      }}
    >
      {({ frame, x, y }) => (
        <>
          {rows.map((row, index) => (
            <Marked key={row.key} words={`${row.name}: ${row.words}`}>
              {row.value !== null && (
                <rect
                  style={{ fill: seriesColour(row) }}
                  x={x(0)}
                  y={y(index) - bar / 2}
                  width={Math.max(1, x(row.value) - x(0))}
                  height={bar}
                />
              )}
              {row.interval !== null && (
                <Whisker from={x(Math.max(0, row.interval[0]))} to={x(row.interval[1])} y={y(index)} />
              )}
              <text className={styles['name']} x={x(ends[index] ?? 0) + 6} y={y(index) + 4}>
                {row.value === null ? '-' : row.words}
              </text>
            </Marked>
          ))}
          {mark !== undefined && (
            <>
              <line className={styles['zero']} x1={x(mark.value)} x2={x(mark.value)} y1={frame.top} y2={frame.bottom} />
              <text x={x(mark.value)} y={frame.top - 4} textAnchor="middle">
                {mark.label}
              </text>
            </>
          )}
        </>
      )}
    </Plot>
  )
}

/** The interval over its bar, edged so that it is seen on a dark one too. */
function Whisker({ from, to, y }: { readonly from: number; readonly to: number; readonly y: number }) {
  return ['whisker-edge', 'whisker'].map((name) => (
    <line key={name} className={styles[name]} x1={from} x2={to} y1={y} y2={y} />
  ))
}
