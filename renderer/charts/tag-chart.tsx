import type { Estimate } from '#shared/domain/comparison.ts'
import { countText, intervalText } from '#shared/domain/figures.ts'
import { lineBox, placeLabels, type Box, type PlacedLabel } from '#shared/domain/place-labels.ts'
import styles from './chart.module.css'
import { shareCell, type ChartTable } from './table-cells.ts'
import { ErrorLine, Marked, PointMark } from './marks.tsx'
import { Plot, type Placing } from './plot.tsx'
import { plotNames, seriesColour, type Series } from './series.ts'

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
  columns: [tag, 'Variant', 'Loss, points', 'Right, %', 'n'],
  rows: points.map(({ value, name, n, accuracy, loss }) => [
    value,
    name,
    shareCell(loss, 'plus'),
    shareCell(accuracy),
    n,
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
  const drawn = points.flatMap((point): Drawn[] => {
    const { accuracy, value, key } = point
    if (accuracy === null) return []
    const x = placing.x(values.indexOf(value)) + (keys.indexOf(key) - (keys.length - 1) / 2) * gap
    return [{ point, x, y: y(100 * accuracy.value), top: y(100 * accuracy.high), bottom: y(100 * accuracy.low) }]
  })
  return (
    <>
      {lines.map((key) => (
        <path
          key={key}
          className={styles['slope']}
          style={{ stroke: seriesColour(points.find((point) => point.key === key) ?? { precision: null }) }}
          d={pathThrough(drawn.filter(({ point }) => point.key === key))}
        />
      ))}
      {drawn.map(({ point, x, y: middle, top, bottom }) => (
        <Marked
          key={`${point.value} ${point.key}`}
          words={`${point.name}, ${point.value}: ${intervalText(point.accuracy)} % right of ${point.n}`}
        >
          <ErrorLine series={point} from={[x, top]} to={[x, bottom]} />
          <PointMark series={point} x={x} y={middle} />
        </Marked>
      ))}
      <LineNames drawn={drawn} lines={lines} frame={frame} />
    </>
  )
}

interface Drawn {
  readonly point: TagPoint
  readonly x: number
  readonly y: number
  readonly top: number
  readonly bottom: number
}

const pathThrough = (drawn: readonly Drawn[]): string =>
  drawn.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')

/** The joined variants by name, each at the value where it stands furthest from the others. */
function LineNames({ drawn, lines, frame }: NamesProps) {
  const keys = [...new Set(drawn.map(({ point }) => point.key))]
  const texts = plotNames(keys.map((key) => drawn.find(({ point }) => point.key === key)?.point ?? { name: '' }))
  const labels: PlacedName[] = []
  const slopes = lines.flatMap((key) => slopeBoxes(drawn.filter(({ point }) => point.key === key)))
  for (const key of lines) {
    const others = [...slopes, ...labels.map(({ box }) => box)]
    const label = nameFor(drawn, key, { text: texts[keys.indexOf(key)] ?? '', frame, others })
    if (label !== undefined) labels.push(label)
  }
  return labels.map(({ key, text, x, y }) => (
    <text key={key} className={styles['name']} x={x} y={y}>
      {text}
    </text>
  ))
}

interface NamesProps {
  readonly drawn: readonly Drawn[]
  readonly lines: readonly number[]
  readonly frame: Placing['frame']
}

type PlacedName = PlacedLabel & { readonly key: number; readonly text: string }

/** A slope in pieces, which a name keeps clear of better than of the box around all of it. */
function slopeBoxes(marks: readonly Drawn[]): readonly Box[] {
  const pieces = 12
  return marks.slice(1).flatMap((to, index) => {
    const from = marks[index] ?? to
    const at = (share: number) => ({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) })
    return Array.from({ length: pieces }, (_, piece) => lineBox(at(piece / pieces), at((piece + 1) / pieces)))
  })
}

/** Beside the mark that stands furthest from the others and has room for the name, clear of all lines if that can be. */
function nameFor(
  drawn: readonly Drawn[],
  key: number,
  { text, frame, others }: { readonly text: string; readonly frame: Placing['frame']; readonly others: readonly Box[] },
): PlacedName | undefined {
  const candidates = byDistance(drawn, key).flatMap((mark) => {
    const all = [mark, ...drawn.filter((other) => other !== mark)]
    const marks = all.map((each) => ({ ...each, text: each === mark ? text : '' }))
    const [label] = placeLabels({ marks, bars: all, frame, others })
    return label == null ? [] : [{ ...label, key, text }]
  })
  return candidates.find(({ lead }) => lead === null) ?? candidates[0]
}

function byDistance(drawn: readonly Drawn[], key: number): readonly Drawn[] {
  const distance = ({ point, y }: Drawn) =>
    Math.min(
      ...drawn
        .filter((other) => other.point.value === point.value && other.point.key !== key)
        .map((other) => Math.abs(other.y - y)),
    )
  return drawn.filter(({ point }) => point.key === key).toSorted((a, b) => distance(b) - distance(a))
}
