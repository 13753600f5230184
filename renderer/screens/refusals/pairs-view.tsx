import { useMemo } from 'react'
import type { PairedCell, RefusalPair } from '#shared/contract/refusal-views.ts'
import { outcomeWords } from '#shared/domain/label-words.ts'
import { countText } from '#shared/domain/figures.ts'
import { wholeNumber } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { useLab } from '../../stores/use-app.ts'
import { LabelTile, RoleMark } from '../../ui/badge.tsx'
import { Segment } from '../../ui/controls.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { sortRows, type Column } from '../../ui/grid-column.ts'
import { useSorting } from '../../ui/use-sorting.ts'
import { Bones, EmptyState, ErrorNotice, Notice, Region, Split } from '../../ui/region.tsx'
import { CellTexts, Grounds } from './cell-detail.tsx'
import { Choice } from './log-filters.tsx'
import styles from './pairs.module.css'
import { nameOf, type RefusalRun } from './refusal-run.ts'
import { armOf } from './refusals-query.ts'
import { useKept } from './use-kept.ts'

/** More pairs than this are not listed at once: a topic or a language narrows them. */
const mostPairs = 1000

/** Every sensitive question beside its control, and both answers of one variant with their evidence. */
export function PairsView({ of }: { readonly of: RefusalRun }) {
  const { run, route, summary } = of
  const { query } = route
  const arm = armOf(query['arm'])
  const page = useLab('refusals.pairs', {
    run: run.id,
    limit: mostPairs,
    ...(arm === null ? {} : { arm }),
    ...(query['topic'] === undefined ? {} : { topic: query['topic'] }),
    ...(query['lang'] === undefined ? {} : { lang: query['lang'] }),
  })
  const pairs = useKept(page)
  const asked = wholeNumber(query['variant'])
  const variant = (summary.variants.find(({ index }) => index === asked) ?? summary.variants[0])?.index ?? 0
  const rows = pairs?.rows ?? []
  const at = Math.max(
    0,
    rows.findIndex(({ pair, lang }) => pair === query['pair'] && lang === (query['in'] ?? lang)),
  )
  const chosen = rows[at]
  return (
    <>
      <PairTools of={of} variant={variant} />
      {page.status === 'failed' && <ErrorNotice error={page.error} />}
      {pairs === null && page.status !== 'failed' && <Bones rows={10} />}
      {pairs !== null && pairs.total > rows.length && (
        <Notice
          kind="info"
          what={`The first ${countText(rows.length)} of ${countText(pairs.total)} pairs.`}
          why="A topic or a language shows the others."
        />
      )}
      {pairs?.total === 0 && (
        <EmptyState what="No pairs here.">
          A pair is a sensitive question with a control of the same wording and language in the same probe pack.
        </EmptyState>
      )}
      {chosen !== undefined && (
        <Split className={styles['pairs']}>
          <PairList rows={rows} whole={pairs?.total === rows.length} chosen={chosen} variant={variant} />
          <Side of={of} pair={chosen} side="sensitive" variant={variant} />
          <Side of={of} pair={chosen} side="control" variant={variant} />
        </Split>
      )}
    </>
  )
}

function PairTools({ of, variant }: { readonly of: RefusalRun; readonly variant: number }) {
  const { summary, route } = of
  const topics = summary.topics.filter(({ control }) => control !== null).map(({ topic }) => topic)
  const set = (changes: Readonly<Record<string, string | undefined>>) =>
    refine({ ...changes, pair: undefined, in: undefined })
  return (
    <div className={styles['tools']}>
      <Segment
        label="Variant"
        value={String(variant)}
        choices={summary.variants.map(({ index }) => ({
          value: String(index),
          label: nameOf(of, index).replace(' (simulated)', ''),
        }))}
        onChange={(value) => refine({ variant: value })}
      />
      <Choice label="Topic" value={route.query['topic']} onChange={(topic) => set({ topic })}>
        {[...new Set(topics)].map((topic) => (
          <option key={topic}>{topic}</option>
        ))}
      </Choice>
      <Choice label="Language" value={route.query['lang']} onChange={(lang) => set({ lang })}>
        {summary.languages.map((lang) => (
          <option key={lang}>{lang}</option>
        ))}
      </Choice>
      <span className="hint end only-wide">the same wording, asked of a sensitive topic and of its control</span>
    </div>
  )
}

function PairList({
  rows,
  whole,
  chosen,
  variant,
}: {
  readonly rows: readonly RefusalPair[]
  /** Whether these are all: a part of a list has no order of its own. */
  readonly whole: boolean
  readonly chosen: RefusalPair
  readonly variant: number
}) {
  const columns = useMemo(() => pairColumns(variant), [variant])
  const { sorting, onSort } = useSorting()
  const sorted = useMemo(() => sortRows(rows, columns, whole ? sorting : null), [rows, columns, whole, sorting])
  return (
    <div className={styles['list']}>
      <DataGrid
        label="Pairs"
        name="pairs"
        main
        columns={columns}
        total={sorted.length}
        row={(index) => sorted[index]}
        selected={sorted.indexOf(chosen)}
        onSelect={(index) => refine({ pair: sorted[index]?.pair, in: sorted[index]?.lang })}
        {...(whole && { sorting, onSort })}
      />
    </div>
  )
}

function pairColumns(variant: number): readonly Column<RefusalPair>[] {
  const under = ({ cells }: RefusalPair, side: 'sensitive' | 'control'): PairedCell | null =>
    cells.find(({ variantIndex }) => variantIndex === variant)?.[side] ?? null
  const tile = (side: 'sensitive' | 'control', title: string): Column<RefusalPair> => ({
    key: side,
    title,
    width: '58px',
    order: (row) => under(row, side)?.outcome ?? null,
    text: (row) => {
      const cell = under(row, side)
      return cell === null ? 'not run' : outcomeWords[cell.outcome]
    },
    cell: (row) => {
      const cell = under(row, side)
      return cell === null ? '-' : <LabelTile outcome={cell.outcome} wordless />
    },
  })
  return [
    {
      key: 'question',
      title: 'Sensitive question',
      width: 'minmax(120px, 1fr)',
      order: ({ sensitive }) => sensitive.text,
      text: ({ sensitive }) => sensitive.text,
      cell: ({ sensitive, lang }) => <span lang={lang}>{sensitive.text}</span>,
    },
    { key: 'lang', title: 'Lang', width: '72px', order: ({ lang }) => lang, text: ({ lang }) => lang },
    tile('sensitive', 'Sens.'),
    tile('control', 'Ctrl.'),
  ]
}

function Side({
  of,
  pair,
  side,
  variant,
}: {
  readonly of: RefusalRun
  readonly pair: RefusalPair
  readonly side: 'sensitive' | 'control'
  readonly variant: number
}) {
  const found = pair.cells.find(({ variantIndex }) => variantIndex === variant)?.[side] ?? null
  const { topic } = pair[side]
  return (
    <Region
      label={`${side} question and its answer`}
      line
      title={<RoleMark role={side} />}
      hint={topic}
      {...(found === null ? {} : { actions: <LabelTile outcome={found.outcome} /> })}
    >
      {found === null ? (
        <EmptyState what={`Not asked of ${nameOf(of, variant)} yet.`}>{pair[side].text}</EmptyState>
      ) : (
        <SideTexts cell={found.cell} />
      )}
    </Region>
  )
}

function SideTexts({ cell }: { readonly cell: number }) {
  const answer = useLab('refusals.cell', { cell })
  const shown = useKept(answer)
  if (answer.status === 'failed') return <ErrorNotice error={answer.error} />
  if (shown === null) return <Bones rows={6} />
  return (
    <>
      <CellTexts shown={shown} />
      <Grounds shown={shown} />
    </>
  )
}
