import type { Estimate } from '#shared/domain/comparison.ts'
import { intervalText } from '#shared/domain/figures.ts'
import { lossAxis } from '#shared/domain/loss-axis.ts'
import styles from './chart.module.css'
import { ErrorLine, Marked, PointMark } from './marks.tsx'
import { Plot } from './plot.tsx'
import { textWidth } from '#shared/domain/place-labels.ts'
import { lossScale } from './scales.ts'
import type { Series } from './series.ts'

export interface IntervalRow {
  readonly label: string
  readonly n: number
  /** Loss, 95 %; null where nothing could be compared. */
  readonly loss: Estimate | null
}

const rowHeight = 19

/** One variant's loss on each value of a tag, a row a value, against the margin: for tags with many values. */
export function IntervalRows({
  series,
  rows,
  margin,
}: {
  readonly series: Series
  readonly rows: readonly IntervalRow[]
  readonly margin: number
}) {
  const axis = lossAxis({ losses: rows.map(({ loss }) => loss), margin, noiseFloor: null })
  const labelWidth = Math.min(150, 12 + Math.max(0, ...rows.map(({ label, n }) => textWidth(`${label} (${n})`))))
  const clamp = (share: number) => Math.max(axis.low, Math.min(axis.high, share)) * 100
  return (
    <Plot
      height={rows.length * rowHeight + 58}
      grid="vertical"
      yWidth={labelWidth}
      x={{ ...lossScale(axis), title: 'loss, points, bars 95 %' }}
      y={{
        kind: 'linear',
        domain: [rows.length - 0.5, -0.5],
        ticks: rows.map((_, index) => index),
        title: '',
        format: (index) => `${rows[index]?.label ?? ''} (${rows[index]?.n ?? 0})`,
      }}
    >
      {({ frame, x, y }) => (
        <>
          <rect
            className={styles['worse-zone']}
            x={x(100 * margin)}
            y={frame.top}
            width={Math.max(0, frame.right - x(100 * margin))}
            height={frame.bottom - frame.top}
          />
          <line className={styles['zero']} x1={x(0)} x2={x(0)} y1={frame.top} y2={frame.bottom} />
          <line
            className={styles['margin']}
            x1={x(100 * margin)}
            x2={x(100 * margin)}
            y1={frame.top}
            y2={frame.bottom}
          />
          {rows.map(({ label, n, loss }, index) =>
            loss === null ? (
              <text key={label} x={x(0) + 6} y={y(index) + 4}>
                - nothing graded under both
              </text>
            ) : (
              <Marked key={label} words={`${label}: loss ${intervalText(loss, 'plus')} points, n = ${n}`}>
                <ErrorLine series={series} from={[x(clamp(loss.low)), y(index)]} to={[x(clamp(loss.high)), y(index)]} />
                <PointMark
                  series={series}
                  x={x(clamp(loss.value))}
                  y={y(index)}
                  hollow={loss.value !== clamp(loss.value) / 100}
                />
              </Marked>
            ),
          )}
        </>
      )}
    </Plot>
  )
}
