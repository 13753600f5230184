import { useState } from 'react'
import { intervalText, pointsText } from '#shared/domain/figures.ts'
import { textWidth } from '#shared/domain/place-labels.ts'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import { shareCell, type ChartTable } from '../../charts/table-cells.ts'
import { Plot } from '../../charts/plot.tsx'
import { plotNames } from '../../charts/series.ts'
import { EmptyState } from '../../ui/region.tsx'
import styles from './map.module.css'
import { nameOf, rateOf, type RefusalRun } from './refusal-run.ts'

const rowHeight = 22

/** Withheld share of sensitive questions and of their controls under every variant, with the gap between them. */
export function GapChart({ of }: { readonly of: RefusalRun }) {
  const [asTable, setAsTable] = useState(false)
  const rows = gapRows(of)
  const measured = rows.filter(({ sensitive }) => sensitive !== null)
  return (
    <ChartFrame
      title="Gap"
      hint="withheld, bars 95 %"
      description={`Share of answers withheld, sensitive against control. ${measured.map(rowWords).join('. ')}.`}
      table={measured.length === 0 ? null : gapTable(rows)}
      fileStem={`run-${of.run.id}`}
      asTable={asTable}
      onAsTable={setAsTable}
    >
      {measured.length === 0 ? (
        <EmptyState what="No sensitive answer has a label yet.">The chart needs some that do.</EmptyState>
      ) : (
        <GapPlot rows={rows} />
      )}
    </ChartFrame>
  )
}

type GapRow = ReturnType<typeof gapRows>[number]

function gapRows(of: RefusalRun) {
  return of.summary.variants.map(({ index }) => {
    const rate = (role: 'sensitive' | 'control') => rateOf(of, { index, lang: 'all', role })
    return {
      name: nameOf(of, index).replace(' (simulated)', ''),
      sensitive: rate('sensitive')?.rate ?? null,
      control: rate('control')?.rate ?? null,
      n: [rate('sensitive')?.n ?? 0, rate('control')?.n ?? 0] as const,
      gap: of.summary.gaps.find(({ variantIndex, lang }) => variantIndex === index && lang === 'all') ?? null,
    }
  })
}

const rowWords = ({ name, sensitive, control, gap }: GapRow): string =>
  `${name}: sensitive ${intervalText(sensitive)} %, control ${intervalText(control)} %, gap ${intervalText(gap?.difference ?? null, 'plus')} points`

const gapTable = (rows: readonly GapRow[]): ChartTable => ({
  columns: ['Variant', 'Sensitive, %', 'n', 'Control, %', 'n of controls', 'Gap, points', 'Pairs'],
  rows: rows.map(({ name, sensitive, control, n, gap }) => [
    name,
    shareCell(sensitive),
    n[0],
    shareCell(control),
    n[1],
    shareCell(gap?.difference ?? null, 'plus'),
    gap?.pairs ?? null,
  ]),
})

function GapPlot({ rows }: { readonly rows: readonly GapRow[] }) {
  const names = plotNames(rows)
  return (
    <Plot
      height={rows.length * rowHeight + 58}
      grid="vertical"
      yWidth={Math.min(140, 12 + Math.max(66, ...names.map((name) => textWidth(name))))}
      right={44}
      x={{
        kind: 'linear',
        domain: [0, 100],
        ticks: [0, 25, 50, 75, 100],
        title: 'share, %, and gap, points',
        format: String,
      }}
      y={{
        kind: 'linear',
        domain: [rows.length - 0.5, -0.5],
        ticks: rows.map((_, index) => index),
        title: '',
        format: (index) => names[index] ?? '',
      }}
    >
      {({ frame, x, y }) =>
        rows.map((row, index) => {
          const { name, sensitive, control, gap } = row
          const at = y(index)
          return (
            <g key={name}>
              <title>{rowWords(row)}</title>
              {sensitive !== null && control !== null && (
                <line
                  className={styles['connector']}
                  x1={x(100 * control.value)}
                  x2={x(100 * sensitive.value)}
                  y1={at}
                  y2={at}
                />
              )}
              {control !== null && (
                <>
                  <line
                    className={styles['interval']}
                    data-role="control"
                    x1={x(100 * control.low)}
                    x2={x(100 * control.high)}
                    y1={at}
                    y2={at}
                  />
                  <rect className={styles['control']} x={x(100 * control.value) - 4} y={at - 4} width={8} height={8} />
                </>
              )}
              {sensitive !== null && (
                <>
                  <line
                    className={styles['interval']}
                    x1={x(100 * sensitive.low)}
                    x2={x(100 * sensitive.high)}
                    y1={at}
                    y2={at}
                  />
                  <rect
                    className={styles['sensitive']}
                    x={x(100 * sensitive.value) - 4.5}
                    y={at - 4.5}
                    width={9}
                    height={9}
                  />
                </>
              )}
              <text x={frame.right + 40} y={at + 4} textAnchor="end">
                {gap === null || gap.difference === null ? '-' : pointsText(gap.difference, 'plus').value}
              </text>
            </g>
          )
        })
      }
    </Plot>
  )
}
