import type { Estimate } from '#shared/domain/comparison.ts'
import { bytesText, intervalText } from '#shared/domain/figures.ts'
import { frontier, stairs } from '#shared/domain/frontier.ts'
import { dodge, lineBox, placeLabels, textWidth, type Box, type Frame } from '#shared/domain/place-labels.ts'
import styles from './chart.module.css'
import { shareCell, type ChartTable } from './table-cells.ts'
import { ErrorLine, Marked, PointMark } from './marks.tsx'
import { Plot, type Placing } from './plot.tsx'
import { scaleAround, scaleLog } from './scales.ts'
import { plotNames, type Series } from './series.ts'

export interface SizedPoint extends Series {
  readonly sizeBytes: number
  /** Share right, 95 %. */
  readonly accuracy: Estimate
}

export const qualitySizeTable = (points: readonly SizedPoint[]): ChartTable => ({
  columns: ['Variant', 'Size, MB', 'Right, %'],
  rows: points.map(({ name, sizeBytes, accuracy }) => [name, sizeBytes / 1e6, shareCell(accuracy)]),
})

export function qualitySizeSentence(points: readonly SizedPoint[]): string {
  const best = frontierOf(points).map(({ name }) => name)
  const figures = points.map(
    ({ name, sizeBytes, accuracy }) => `${name} ${intervalText(accuracy)} % right at ${bytesText(sizeBytes)}`,
  )
  return `Share of right answers against file size, with 95 % intervals: ${figures.join('; ')}. On the frontier: ${best.join(', ')}.`
}

const frontierOf = (points: readonly SizedPoint[]) =>
  frontier(points.map((point) => ({ ...point, size: point.sizeBytes, quality: point.accuracy.value })))

/** Accuracy against file size, with the frontier: the variants that no smaller one equals. */
export function QualitySizeChart({ points }: { readonly points: readonly SizedPoint[] }) {
  const unit =
    Math.max(...points.map(({ sizeBytes }) => sizeBytes)) >= 1e9
      ? { bytes: 1e9, name: 'GB' }
      : { bytes: 1e6, name: 'MB' }
  const y = scaleAround(
    points.map(({ accuracy }) => ({ low: 100 * accuracy.low, high: 100 * accuracy.high })),
    { floor: 0, ceiling: 100, least: 2 },
  )
  return (
    <Plot
      x={{
        ...scaleLog(points.map(({ sizeBytes }) => sizeBytes / unit.bytes)),
        kind: 'log',
        title: `file size, ${unit.name} (log)`,
        format: String,
      }}
      y={{ ...y, kind: 'linear', title: 'right, %', format: String }}
    >
      {(placing) => <SizedMarks points={points} unitBytes={unit.bytes} placing={placing} />}
    </Plot>
  )
}

function SizedMarks({
  points,
  unitBytes,
  placing: { frame, x, y },
}: {
  readonly points: readonly SizedPoint[]
  readonly unitBytes: number
  readonly placing: Placing
}) {
  const at = (share: number) => y(100 * share)
  const xs = dodge(
    points.map(({ sizeBytes }) => x(sizeBytes / unitBytes)),
    11,
  )
  const bars = points.map(({ accuracy }) => ({ top: at(accuracy.high), bottom: at(accuracy.low) }))
  const names = plotNames(points)
  const marks = points.map(({ accuracy }, index) => ({
    x: xs[index] ?? 0,
    y: at(accuracy.value),
    text: names[index] ?? '',
  }))
  const xOf = new Map(points.map(({ key }, index) => [key, xs[index] ?? 0]))
  const edge = frontierOf(points).map(({ key, accuracy }) => ({ x: xOf.get(key) ?? 0, y: at(accuracy.value) }))
  const path = stairs(edge, frame.right)
  const steps = path.slice(1).flatMap((to, index) => lineBox(path[index] ?? to, to))
  const caption = captionBox(frame)
  const labels = placeLabels({
    marks,
    bars,
    frame: { ...frame, top: frame.top - 16 },
    others: [yTitle, ...(path.length > 0 ? [...steps, caption] : [])],
  })
  return (
    <>
      {path.length > 0 && (
        <>
          <path
            className={styles['frontier']}
            d={path.map((to, index) => `${index === 0 ? 'M' : 'L'}${to.x} ${to.y}`).join('')}
          />
          <text x={frame.right} y={frame.bottom - 6} textAnchor="end">
            {frontierCaption}
          </text>
        </>
      )}
      {labels.map((label, index) => {
        const mark = marks[index]
        if (label?.lead == null || mark === undefined) return null
        return (
          <line
            key={points[index]?.key}
            className={styles['lead']}
            x1={mark.x}
            y1={mark.y}
            x2={label.lead.x}
            y2={label.lead.y}
          />
        )
      })}
      {points.map((point, index) => {
        const mark = marks[index]
        const label = labels[index]
        const bar = bars[index]
        if (mark === undefined || bar === undefined) return null
        const words = `${point.name}: ${intervalText(point.accuracy)} % right, ${bytesText(point.sizeBytes)}`
        return (
          <Marked key={point.key} words={words}>
            <ErrorLine series={point} from={[mark.x, bar.top]} to={[mark.x, bar.bottom]} />
            <PointMark series={point} x={mark.x} y={mark.y} />
            {label != null && (
              <text className={styles['name']} x={label.x} y={label.y}>
                {mark.text}
              </text>
            )}
          </Marked>
        )
      })}
    </>
  )
}

/** Where the title of the y axis stands. */
const yTitle: Box = { left: 0, right: 56, top: 0, bottom: 14 }

const frontierCaption = 'dashed: frontier'

const captionBox = ({ right, bottom }: Frame): Box => ({
  left: right - textWidth(frontierCaption, 5.6),
  right,
  top: bottom - 18,
  bottom: bottom - 2,
})
