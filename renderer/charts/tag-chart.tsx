import { Fragment } from 'react'
import type { Estimate } from '#shared/domain/comparison.ts'
import { countText, intervalText } from '#shared/domain/figures.ts'
import { lossAxis, type LossAxis } from '#shared/domain/loss-axis.ts'
import { lineBox, placeLabels, type Box, type PlacedLabel } from '#shared/domain/place-labels.ts'
import styles from './chart.module.css'
import { lossScale } from './scales.ts'
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
  const figures = points.flatMap(({ value, name, loss }) =>
    loss === null ? [] : [`${value}, ${name}: ${intervalText(loss, 'plus')} points`],
  )
  return `Loss against the reference by ${tag}, with 95 % intervals. ${figures.join('; ')}.`
}

/** Losses side by side for each value of a tag, against the margin, with a line through the variant looked at. */
export function TagChart({
  points,
  lines,
  margin,
}: {
  readonly points: readonly TagPoint[]
  /** Keys of the variants that are joined by a line and named. */
  readonly lines: readonly number[]
  readonly margin: number
}) {
  const values = [...new Set(points.map(({ value }) => value))]
  const counts = values.map((value) =>
    Math.max(0, ...points.filter((point) => point.value === value).map(({ n }) => n)),
  )
  const sameN = new Set(counts).size === 1
  const axis = lossAxis({ losses: points.map(({ loss }) => loss), margin, noiseFloor: null })
  return (
    <Plot
      x={{
        kind: 'linear',
        domain: [-0.5, values.length - 0.5],
        ticks: values.map((_, index) => index),
        title: `${sameN ? `n = ${countText(counts[0] ?? 0)} a point, ` : ''}bars 95 %`,
        format: (index) => `${values[index] ?? ''}${sameN ? '' : ` (${counts[index] ?? 0})`}`,
      }}
      y={lossScale(axis)}
    >
      {(placing) => (
        <>
          <LossZones margin={margin} placing={placing} />
          <TagMarks points={points} values={values} lines={lines} axis={axis} placing={placing} />
        </>
      )}
    </Plot>
  )
}

interface TagMarksProps {
  readonly points: readonly TagPoint[]
  readonly values: readonly string[]
  readonly lines: readonly number[]
  readonly axis: LossAxis
  readonly placing: Placing
}

function LossZones({ margin, placing: { frame, y } }: { readonly margin: number; readonly placing: Placing }) {
  const across = { x1: frame.left, x2: frame.right }
  const worse = Math.max(0, y(100 * margin) - frame.top)
  return (
    <>
      <rect
        className={styles['worse-zone']}
        x={frame.left}
        y={frame.top}
        width={frame.right - frame.left}
        height={worse}
      />
      <line className={styles['zero']} {...across} y1={y(0)} y2={y(0)} />
      <line className={styles['margin']} {...across} y1={y(100 * margin)} y2={y(100 * margin)} />
    </>
  )
}

function TagMarks({ points, values, lines, axis, placing }: TagMarksProps) {
  const { frame } = placing
  const y = (share: number) => placing.y(100 * Math.max(axis.low, Math.min(axis.high, share)))
  const keys = [...new Set(points.filter(({ loss }) => loss !== null).map(({ key }) => key))]
  const band = (frame.right - frame.left) / values.length
  const gap = Math.min(10, (0.72 * band) / Math.max(1, keys.length))
  const drawn = points.flatMap((point): Drawn[] => {
    const { loss, value, key } = point
    if (loss === null) return []
    const x = placing.x(values.indexOf(value)) + (keys.indexOf(key) - (keys.length - 1) / 2) * gap
    const isBeyond = loss.value < axis.low || loss.value > axis.high
    return [{ point, x, y: y(loss.value), top: y(loss.high), bottom: y(loss.low), isBeyond }]
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
      {drawn.map(({ point, x, y: middle, top, bottom, isBeyond }) => (
        <Marked
          key={`${point.value} ${point.key}`}
          words={`${point.name}, ${point.value}: loss ${intervalText(point.loss, 'plus')} points, n = ${point.n}`}
        >
          <ErrorLine series={point} from={[x, top]} to={[x, bottom]} />
          <PointMark series={point} x={x} y={middle} hollow={isBeyond} />
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
  /** It lies beyond the axis, and is drawn at its end. */
  readonly isBeyond: boolean
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
  return labels.map(({ mark, text, lead, x, y }) => (
    <Fragment key={mark.point.key}>
      {lead !== null && <line className={styles['lead']} x1={mark.x} y1={mark.y} x2={lead.x} y2={lead.y} />}
      <text className={styles['name']} x={x} y={y}>
        {text}
      </text>
    </Fragment>
  ))
}

interface NamesProps {
  readonly drawn: readonly Drawn[]
  readonly lines: readonly number[]
  readonly frame: Placing['frame']
}

type PlacedName = PlacedLabel & { readonly mark: Drawn; readonly text: string }

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
    return label == null ? [] : [{ ...label, mark, text }]
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
