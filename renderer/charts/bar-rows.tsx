import styles from './chart.module.css'
import { Marked } from './marks.tsx'
import { Plot } from './plot.tsx'
import { textWidth } from './place-labels.ts'
import { scaleFromZero } from './scales.ts'
import { seriesColour, shortName, type Series } from './series.ts'

export interface BarRow extends Series {
  /** Null where it is not known; `words` then says why. */
  readonly value: number | null
  /** The figure with its unit, or the reason that there is none. */
  readonly words: string
}

const rowHeight = 22

/** A bar a variant from 0, its figure at its end. `mark`: a value that all are read against. */
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
  const labelWidth = Math.min(140, 14 + Math.max(0, ...rows.map(({ name }) => textWidth(shortName(name)))))
  const scale = scaleFromZero([...rows.map(({ value }) => value ?? 0), mark?.value ?? 0])
  return (
    <Plot
      height={rows.length * rowHeight + 58}
      grid="vertical"
      yWidth={labelWidth}
      right={64}
      x={{ ...scale, kind: 'linear', title, format }}
      y={{
        kind: 'linear',
        domain: [rows.length - 0.5, -0.5],
        ticks: rows.map((_, index) => index),
        title: '',
        format: (index) => shortName(rows[index]?.name ?? ''),
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
                  y={y(index) - 5}
                  width={Math.max(1, x(row.value) - x(0))}
                  height={10}
                />
              )}
              <text className={styles['name']} x={x(row.value ?? 0) + 6} y={y(index) + 4}>
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
