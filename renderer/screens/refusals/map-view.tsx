import { useRef, type ReactNode, type RefObject } from 'react'
import { outcomes } from '#shared/domain/words.ts'
import { outcomeWords } from '#shared/domain/label-words.ts'
import { ChartTableView } from '../../charts/chart-table.tsx'
import { ChartTools, useChartProblem } from '../../charts/chart-tools.tsx'
import type { ChartTable } from '../../charts/table-cells.ts'
import { routeHash, wholeNumber } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { LabelTile, RoleMark } from '../../ui/badge.tsx'
import { Segment } from '../../ui/controls.tsx'
import { EmptyState, Notice, Split } from '../../ui/region.tsx'
import { Scroller } from '../../ui/scroller.tsx'
import { LabelStrip, stripWords } from './label-strip.tsx'
import { Choice } from './log-filters.tsx'
import { mapRows, type MapRow } from './map-rows.ts'
import { MapSide } from './map-side.tsx'
import styles from './map.module.css'
import { nameOf, type RefusalRun } from './refusal-run.ts'
import { VariantMark } from './variant-mark.tsx'

/** Topic by variant or by language: every sensitive topic above its controls, labels as strips. A strip opens its rows. */
export function MapView({ of }: { readonly of: RefusalRun }) {
  const { summary, route } = of
  const by = route.query['by'] === 'language' ? 'language' : 'variant'
  const asTable = route.query['table'] !== undefined
  const drawing = useRef<HTMLTableElement>(null)
  const [unsaved, setUnsaved] = useChartProblem()
  return (
    <>
      <MapTools of={of} by={by} asTable={asTable} drawing={drawing} onProblem={setUnsaved} />
      {unsaved !== null && <Notice what="The map was not saved." why={unsaved} />}
      {summary.topics.length === 0 ? (
        <EmptyState what="Nothing to map yet.">
          Here every topic shows its labels under every variant as soon as its cells have run.
        </EmptyState>
      ) : (
        <Split className={styles['map']}>
          <Scroller label="Map" className={styles['scroll']}>
            {asTable ? (
              <div className={styles['as-table']}>
                <ChartTableView caption="Refusal map" table={mapTable(of, by)} />
              </div>
            ) : (
              <MapTable {...{ of, by, drawing }} />
            )}
          </Scroller>
          <MapSide of={of} />
        </Split>
      )}
    </>
  )
}

/** The variant that is shown where languages are the columns: the one chosen, else the reference. */
const shownVariant = ({ summary, route }: RefusalRun): number => {
  const asked = wholeNumber(route.query['variant'])
  return (summary.variants.find(({ index }) => index === asked) ?? summary.variants[0])?.index ?? 0
}

interface MapProps {
  readonly of: RefusalRun
  readonly by: 'variant' | 'language'
  readonly drawing: RefObject<HTMLTableElement | null>
}

function MapTools({
  of,
  by,
  ...tools
}: MapProps & { readonly asTable: boolean; readonly onProblem: (problem: string | null) => void }) {
  const { summary } = of
  return (
    <div className={styles['tools']}>
      <Segment
        label="Columns"
        value={by}
        choices={[
          { value: 'variant', label: 'By variant' },
          { value: 'language', label: 'By language' },
        ]}
        onChange={(value) => refine({ by: value === 'variant' ? undefined : value })}
      />
      {by === 'language' && (
        <Choice
          label="Variant"
          value={String(shownVariant(of))}
          onChange={(variant) => refine({ variant: variant ?? undefined })}
        >
          {summary.variants.map(({ index }) => (
            <option key={index} value={index}>
              {nameOf(of, index)}
            </option>
          ))}
        </Choice>
      )}
      <span className={styles['legend']} aria-label="Labels">
        {outcomes.map((outcome) => (
          <LabelTile key={outcome} outcome={outcome} />
        ))}
      </span>
      <span className="hint end only-wide">
        a strip: all answers of a topic
        {by === 'variant' && summary.languages.length > 1 ? ` in ${summary.languages.join(' and ')}` : ''}
      </span>
      {summary.topics.length > 0 && (
        <span className={styles['save']}>
          <ChartTools
            title="Refusal map"
            table={mapTable(of, by)}
            fileStem={`run-${of.run.id}`}
            onAsTable={(asTable) => refine({ table: asTable ? 1 : undefined })}
            {...tools}
          />
        </span>
      )}
    </div>
  )
}

interface Column {
  readonly key: string
  readonly head: ReactNode
  readonly words: string
  /** What the log is narrowed to behind a strip of this column. */
  readonly query: Readonly<Record<string, string | number>>
}

function columnsOf(of: RefusalRun, by: 'variant' | 'language'): readonly Column[] {
  const { summary } = of
  if (by === 'variant') {
    return summary.variants.map(({ index }) => ({
      key: String(index),
      head: <VariantMark of={of} index={index} />,
      words: nameOf(of, index),
      query: { variant: index },
    }))
  }
  const variant = shownVariant(of)
  return summary.languages.map((lang) => ({ key: lang, head: lang, words: lang, query: { lang, variant } }))
}

/** Every strip in figures: how many answers of a topic have which label. */
function mapTable(of: RefusalRun, by: 'variant' | 'language'): ChartTable {
  const columns = columnsOf(of, by)
  return {
    columns: [
      'Topic',
      'Role',
      by === 'variant' ? 'Variant' : 'Language',
      'n',
      ...outcomes.map((outcome) => outcomeWords[outcome]),
    ],
    rows: rowsOf(of, by).flatMap((row) =>
      columns.flatMap(({ key, words }) => {
        const cell = row.cells.get(key)
        if (cell === undefined) return []
        return [[row.topic, row.role, words, cell.n, ...outcomes.map((outcome) => cell.outcomes[outcome] ?? 0)]]
      }),
    ),
  }
}

function rowsOf(of: RefusalRun, by: 'variant' | 'language'): readonly MapRow[] {
  const variant = shownVariant(of)
  return mapRows(of.summary.topics, (row, index) =>
    by === 'variant' ? String(index) : index === variant ? row.lang : null,
  )
}

function MapTable({ of, by, drawing }: MapProps) {
  const columns = columnsOf(of, by)
  const rows = rowsOf(of, by)
  return (
    <table className={styles['table']} ref={drawing}>
      <thead>
        <tr>
          <th scope="col">Topic</th>
          {columns.map(({ key, head }) => (
            <th key={key} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.topic} ${row.role}`} data-role={row.role} data-last={row.last || undefined}>
            <th scope="row">
              <Topic row={row} />
            </th>
            {columns.map((column) => (
              <td key={column.key}>
                <Strip of={of} row={row} column={column} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Topic({ row: { role, topic } }: { readonly row: MapRow }) {
  return (
    <span className={styles['topic']} title={`${role}: ${topic}`}>
      <span className={styles['square']}>
        <RoleMark role={role} />
      </span>
      <span className="clip">{topic}</span>
    </span>
  )
}

function Strip({ of, row, column }: { readonly of: RefusalRun; readonly row: MapRow; readonly column: Column }) {
  const cell = row.cells.get(column.key)
  if (cell === undefined) return <span title="No cell of this topic has run here">-</span>
  const words = `${row.topic}, ${column.words}: ${stripWords(cell.outcomes, cell.n)}`
  const { arm } = of.route.query
  return (
    <a
      href={routeHash('refusals', [of.run.id, 'log'], { topic: row.topic, role: row.role, ...column.query, arm })}
      aria-label={words}
      title={words}
    >
      <LabelStrip outcomes={cell.outcomes} n={cell.n} />
    </a>
  )
}
