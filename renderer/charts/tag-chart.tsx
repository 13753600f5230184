import type { Estimate } from '#shared/domain/comparison.ts'
import { countText, intervalText } from '#shared/domain/figures.ts'
import styles from './chart.module.css'
import type { ChartTable } from './chart-table.tsx'
import { ErrorLine, Marked, PointMark } from './marks.tsx'
import { Plot, type Placing } from './plot.tsx'
import { shortName } from './quality-size-chart.tsx'
import { seriesColour, type Series } from './series.ts'

/** One variant on the prompts with one value of a tag. */
export interface TagPoint extends Series {
  readonly value: string
  readonly n: number
  /** Share right, 95 %; null where nothing was graded. */
  readonly accuracy: Estimate | null
  /** Loss against the reference, 95 %; null for the reference. */
  readonly loss: Estimate | null
}

export const tagTable = (tag: string, points: readonly TagPoint[]): ChartTable => ({
  columns: [tag, 'Variant', 'n', 'Right, %', 'from', 'to', 'Loss, points', 'from ', 'to '],
  rows: points.map(({ value, name, n, accuracy, loss }) => [
    value,
    name,
    n,
    ...(accuracy === null ? [null, null, null] : [100 * accuracy.value, 100 * accuracy.low, 100 * accuracy.high]),
    ...(loss === null ? [null, null, null] : [100 * loss.value, 100 * loss.low, 100 * loss.high]),
  ]),
})

export function tagSentence(tag: string, points: readonly TagPoint[]): string {
  const figures = points.map(({ value, name, accuracy }) => `${value}, ${name}: ${intervalText(accuracy)} % right`)
  return `Share of right answers by ${tag}, with 95 % intervals. ${figures.join('; ')}.`
}

/** Dots side by side for each value of a tag, with a line through the reference and through the variant looked at. */
export function TagChart({
  points,
  lines,
}: {
  readonly points: readonly TagPoint[]
  /** Keys of the variants that are joined by a line and named. */
  readonly lines: readonly number[]
}) {
  const values = [...new Set(points.map(({ value }) => value))]
  const counts = values.map((value) =>
    Math.max(0, ...points.filter((point) => point.value === value).map(({ n }) => n)),
  )
  const sameN = new Set(counts).size === 1
  return (
    <Plot
      x={{
        kind: 'linear',
        domain: [-0.5, values.length - 0.5],
        ticks: values.map((_, index) => index),
        title: `${sameN ? `n = ${countText(counts[0] ?? 0)} a point, ` : ''}bars 95 %`,
        format: (index) => `${values[index] ?? ''}${sameN ? '' : ` (${counts[index] ?? 0})`}`,
      }}
      y={{ kind: 'linear', domain: [0, 100], ticks: [0, 25, 50, 75, 100], title: 'right, %', format: String }}
    >
      {(placing) => <TagMarks points={points} values={values} lines={lines} placing={placing} />}
    </Plot>
  )
}

interface TagMarksProps {
  readonly points: readonly TagPoint[]
  readonly values: readonly string[]
  readonly lines: readonly number[]
  readonly placing: Placing
}

function TagMarks({ points, values, lines, placing }: TagMarksProps) {
  const { frame, y } = placing
  const keys = [...new Set(points.map(({ key }) => key))]
  const band = (frame.right - frame.left) / values.length
  const gap = Math.min(10, (0.72 * band) / Math.max(1, keys.length))
  const xOf = ({ value, key }: TagPoint) =>
    placing.x(values.indexOf(value)) + (keys.indexOf(key) - (keys.length - 1) / 2) * gap
  return (
    <>
      {lines.map((key) => (
        <Slope key={key} points={points.filter((point) => point.key === key)} x={xOf} y={y} frame={frame} />
      ))}
      {points.map((point) => {
        const { accuracy, value, key, name, n } = point
        if (accuracy === null) return null
        const at = xOf(point)
        return (
          <Marked key={`${value} ${key}`} words={`${name}, ${value}: ${intervalText(accuracy)} % right of ${n}`}>
            <ErrorLine series={point} from={[at, y(100 * accuracy.high)]} to={[at, y(100 * accuracy.low)]} />
            <PointMark series={point} x={at} y={y(100 * accuracy.value)} />
          </Marked>
        )
      })}
    </>
  )
}

/** The line of one variant, named where it is furthest from the plot's left edge and right of its mark. */
function Slope({
  points,
  x,
  y,
  frame,
}: {
  readonly points: readonly TagPoint[]
  readonly x: (point: TagPoint) => number
  readonly y: (value: number) => number
  readonly frame: Placing['frame']
}) {
  const drawn = points.flatMap((point) =>
    point.accuracy === null
      ? []
      : [{ point, x: x(point), y: y(100 * point.accuracy.value), bottom: y(100 * point.accuracy.low) }],
  )
  const [first] = drawn
  if (first === undefined || drawn.length < 2) return null
  const path = drawn.map((place, index) => `${index === 0 ? 'M' : 'L'}${place.x} ${place.y}`).join('')
  const named = first.point.loss === null ? null : (drawn[1] ?? first)
  return (
    <>
      <path className={styles['slope']} style={{ stroke: seriesColour(first.point) }} d={path} />
      {named !== null && (
        <text
          className={styles['name']}
          x={Math.min(named.x + 8, frame.right - 50)}
          y={Math.min(named.bottom + 10, frame.bottom - 4)}
        >
          {shortName(named.point.name)}
        </text>
      )}
    </>
  )
}
