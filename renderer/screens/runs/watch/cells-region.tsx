import { memo, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { RunSummary } from '#shared/domain/run.ts'
import { briefVariantNames, variantNames } from '#shared/domain/variant-names.ts'
import { count } from '../../../format/numbers.ts'
import { go } from '../../../routing/use-route.ts'
import { PrecisionMark } from '../../../ui/badge.tsx'
import { CellCanvas } from './cell-canvas.tsx'
import { CellLegend } from './cell-legend.tsx'
import { layoutCells, type CellPlace } from './cell-layout.ts'
import { CellTip } from './cell-tip.tsx'
import styles from './cells.module.css'
import { rowSums, type GridRow, type RowSum, type RunGrid } from './run-grid.ts'

export interface CellsRegionProps {
  readonly run: RunSummary
  readonly grid: RunGrid
  /** Places of the cells that run now: row × columns + column. */
  readonly running: ReadonlySet<number>
  /** Column of the prompt that is shown below. */
  readonly shown: number | null
  readonly follows: boolean
  readonly maxHeight: number
}

/** Every cell of the run, filling as it goes. */
export const CellsRegion = memo(function CellsRegion(props: CellsRegionProps) {
  const { run, grid, running, shown, follows, maxHeight } = props
  const [pointed, setPointed] = useState<CellPlace | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const { columns } = grid
  const rowCount = grid.rows.length
  const layout = useMemo(
    () => layoutCells({ rows: rowCount, columns, width: Math.max(width, 40), maxHeight }),
    [rowCount, columns, width, maxHeight],
  )
  const [names, briefs] = useMemo(() => {
    const whole = variantNames(run.variants)
    return [rowNames(run, whole), rowNames(run, briefVariantNames(whole))]
  }, [run])
  const precisions = useMemo(
    () => grid.rows.map(({ variantIndex }) => run.variants[variantIndex]?.variant.precision.name ?? ''),
    [grid.rows, run.variants],
  )
  const sums = useMemo(() => rowSums(grid, run.isProbeRun), [grid, run.isProbeRun])
  const labelled = layout.bands === 1 && layout.pitchY >= 14 && layout.height <= maxHeight
  const open = useCallback(
    ({ row, column }: CellPlace) => {
      const at = grid.rows[row]
      if (at === undefined) return
      const v = at.variantIndex === 0 ? '0' : `0,${at.variantIndex}`
      go('traces', [run.id], { prompt: column, arm: at.arm, sample: at.sample, v })
    },
    [grid.rows, run.id],
  )
  const point = useCallback((place: CellPlace | null) => {
    setPointed((before) => (before?.row === place?.row && before?.column === place?.column ? before : place))
  }, [])
  const ran = grid.rows.reduce((sum, { counts }) => sum + columns - counts.pending, 0)
  return (
    <section className={styles['box']} aria-label="Cells">
      <div className={styles['head']}>
        <h2>Cells</h2>
        <span className="hint">
          {layout.bands > 1 ? 'a column is a prompt; the rows go on below' : 'a column is a prompt, a row a variant'}
        </span>
        <CellLegend grid={grid} running={running.size > 0} />
        {labelled && (
          <span className="hint only-wide">{sums[0]?.of === 'graded' ? 'right / graded' : 'ran / all'}</span>
        )}
      </div>
      {!labelled && (
        <div className={styles['many']}>
          {grid.rows.map((row, index) => (
            <span key={`${row.variantIndex} ${row.arm} ${row.sample}`} className="row">
              <PrecisionMark name={precisions[index] ?? ''} label={briefs(row)} whole={names(row)} />{' '}
              <Sum of={sums[index]} />
            </span>
          ))}
        </div>
      )}
      <div
        className={styles['body']}
        data-many={!labelled || undefined}
        style={{ ['--most' as string]: `${maxHeight}px` }}
      >
        {labelled ? (
          <div className={styles['rows']}>
            {grid.rows.map((row, index) => (
              <div key={`${row.variantIndex} ${row.arm} ${row.sample}`} style={{ height: layout.pitchY }}>
                <PrecisionMark name={precisions[index] ?? ''} label={briefs(row)} whole={names(row)} />
              </div>
            ))}
          </div>
        ) : null}
        <div ref={frame} className={styles['canvas']}>
          <CellCanvas
            layout={layout}
            codes={grid.codes}
            running={running}
            shown={shown}
            precisions={precisions}
            label={`${count(ran)} of ${count(columns * rowCount)} cells have run. Arrow keys point at a cell, Enter opens its trace.`}
            pointed={pointed}
            onPoint={point}
            onOpen={open}
            follow={follows ? shown : null}
            tip={(scrolled) =>
              pointed !== null && (
                <CellTip
                  run={run.id}
                  grid={grid}
                  place={pointed}
                  layout={layout}
                  scrolled={scrolled}
                  running={running}
                  name={names}
                />
              )
            }
          />
        </div>
        {labelled ? (
          <div className={styles['sums']}>
            {grid.rows.map((row, index) => (
              <div
                key={`${row.variantIndex} ${row.arm} ${row.sample}`}
                className="num"
                style={{ height: layout.pitchY }}
              >
                <Sum of={sums[index]} />
              </div>
            ))}
          </div>
        ) : null}
      </div>
    </section>
  )
})

function Sum({ of: sum }: { readonly of: RowSum | undefined }) {
  if (sum === undefined) return null
  const { of, n, total } = sum
  return (
    <span
      title={
        of === 'graded' ? `${count(n)} right of ${count(total)} graded` : `${count(n)} of ${count(total)} have run`
      }
    >
      {count(n)}
      <span className="unit"> / {count(total)}</span>
    </span>
  )
}

/** What a row is called: its variant, and its arm and sample where there are several. */
function rowNames(run: Pick<RunSummary, 'arms' | 'samples'>, names: ReadonlyMap<number, string>) {
  return ({ variantIndex, arm, sample }: Pick<GridRow, 'variantIndex' | 'arm' | 'sample'>): string =>
    [
      names.get(variantIndex) ?? String(variantIndex),
      ...(run.arms.length > 1 ? [arm] : []),
      ...(run.samples > 1 ? [`#${sample + 1}`] : []),
    ].join(' ')
}

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const watched = element.current
    if (watched === null) return undefined
    const measure = () => setWidth(watched.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(watched)
    return () => observer.disconnect()
  }, [element])
  return width
}
