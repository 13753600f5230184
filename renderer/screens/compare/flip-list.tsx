import { useMemo } from 'react'
import type { AnsweredCell, ComparedPrompt } from '#shared/contract/compare-views.ts'
import { countText } from '#shared/domain/figures.ts'
import type { Series } from '../../charts/series.ts'
import { refine } from '../../routing/use-route.ts'
import type { Pages } from '../../stores/use-pages.ts'
import type { GridSorting } from '../../ui/use-sorting.ts'
import { ThinkBadge } from '../../ui/badge.tsx'
import { LinkButton, Key } from '../../ui/button.tsx'
import { SearchField } from '../../ui/controls.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import type { Column } from '../../ui/grid-column.ts'
import { Bones, EmptyState, ErrorNotice } from '../../ui/region.tsx'
import type { CompareChoice, Quadrant } from './compare-query.ts'
import styles from './compare.module.css'
import { VariantTag } from './variant-tag.tsx'

const meaning: Readonly<Record<Quadrant, (reference: string) => string>> = {
  bothRight: (reference) => `right under ${reference} and here`,
  lost: (reference) => `right under ${reference}, wrong here`,
  gained: (reference) => `wrong under ${reference}, right here`,
  bothWrong: (reference) => `wrong under ${reference} and here`,
}

const headings: Readonly<Record<Quadrant, string>> = {
  bothRight: 'Right in both,',
  lost: 'Lost under',
  gained: 'Gained under',
  bothWrong: 'Wrong in both,',
}

export interface FlipListProps {
  readonly choice: CompareChoice
  readonly series: Series
  readonly reference: Series
  readonly rows: Pages<'compare.prompts'>
  readonly order: GridSorting
  /** Names of tags that get a column. */
  readonly tags: readonly string[]
  readonly samples: number
  readonly selected: number
  readonly hrefOf: (row: ComparedPrompt) => string
}

/** The prompts of the chosen quadrant, with what was expected and what both variants answered. */
export function FlipList(props: FlipListProps) {
  const { choice, series, reference, rows, order, tags, selected, hrefOf } = props
  const columns = useMemo(() => promptColumns(reference, series, tags), [reference, series, tags])
  const at = rows.total === null || rows.total === 0 ? null : Math.min(selected, rows.total - 1)
  const open = (index: number) => {
    const row = rows.row(index)
    if (row !== undefined) window.location.hash = hrefOf(row)
  }
  const current = at === null ? undefined : rows.row(at)
  return (
    <section className={styles['list']} aria-label="Prompts of the chosen quadrant">
      <div className={styles['list-head']}>
        <h2>{headings[choice.quadrant]}</h2>
        <VariantTag series={series} />
        <span className="hint clip grow">{countWords(props)}</span>
        <SearchField
          label="Search prompts"
          value={choice.search}
          onChange={(q) => refine({ q, row: undefined })}
          {...(choice.search !== '' && rows.total !== null ? { count: countText(rows.total) } : {})}
        />
        {current !== undefined && (
          <LinkButton size="small" href={hrefOf(current)}>
            Open side by side <Key>Enter</Key>
          </LinkButton>
        )}
      </div>
      {rows.error !== null && <ErrorNotice error={rows.error} />}
      {rows.total === null && rows.error === null ? (
        <Bones rows={6} />
      ) : (
        <div className={styles['grid']} style={{ height: gridHeight(rows.total ?? 0) }}>
          <DataGrid
            label={`${headings[choice.quadrant]} ${series.name}`}
            name="flips"
            main
            columns={columns}
            total={rows.total ?? 0}
            row={rows.row}
            onRange={rows.want}
            all={rows.all}
            {...order}
            selected={at}
            onSelect={(row) => refine({ row: row === 0 ? undefined : row })}
            onOpen={open}
            empty={<NoPrompts {...props} />}
          />
        </div>
      )}
    </section>
  )
}

const rowHeight = 28

/** As tall as its rows, within reason: the page scrolls, and a long list scrolls in itself. */
const gridHeight = (total: number): number => (total === 0 ? 72 : 29 + rowHeight * Math.max(4, Math.min(total, 14)))

function countWords({ choice, reference, rows, samples }: FlipListProps): string {
  if (rows.total === null) return ''
  const prompts = `${countText(rows.total)} ${rows.total === 1 ? 'prompt' : 'prompts'}`
  const inOne = samples > 1 ? ', in at least one sample' : ''
  const tag = choice.tag === null ? '' : `, ${choice.tag.name} ${choice.tag.value} only`
  return `${prompts}, ${meaning[choice.quadrant](reference.name)}${inOne}${tag}`
}

function NoPrompts({ choice, series, reference }: FlipListProps) {
  if (choice.search !== '') {
    return <EmptyState what="Nothing found.">No prompt of this quadrant contains “{choice.search}”.</EmptyState>
  }
  return (
    <EmptyState what={choice.quadrant === 'lost' ? 'Nothing lost.' : 'None.'}>
      No prompt was {meaning[choice.quadrant](reference.name).replace('here', `under ${series.name}`)}.
    </EmptyState>
  )
}

function promptColumns(reference: Series, variant: Series, tags: readonly string[]): readonly Column<ComparedPrompt>[] {
  return [
    // By what its prompt says; by its answers it would take both traces of every row.
    {
      key: 'id',
      title: 'Prompt id',
      width: 'minmax(110px, 150px)',
      sort: 'id',
      text: ({ promptId }) => promptId,
      cell: idCell,
    },
    ...tags.map((tag): Column<ComparedPrompt> => ({
      key: `tag ${tag}`,
      title: tag.charAt(0).toUpperCase() + tag.slice(1),
      width: '64px',
      sort: `tag:${tag}`,
      text: ({ tags: own }) => own[tag] ?? '-',
    })),
    { key: 'text', title: 'Prompt', width: 'minmax(180px, 1fr)', sort: 'text', text: ({ text }) => text },
    {
      key: 'expected',
      title: 'Expected',
      sort: 'expected',
      width: answerWidth,
      align: 'end',
      text: ({ expected }) => expected ?? '-',
      cell: ({ expected }) => <span className={styles['found']}>{expected ?? '-'}</span>,
    },
    {
      key: 'reference',
      title: reference.brief,
      width: answerWidth,
      align: 'end',
      text: (row) => row.reference.found ?? '-',
      cell: (row) => <Found cell={row.reference} series={reference} />,
    },
    {
      key: 'variant',
      title: variant.brief,
      width: answerWidth,
      align: 'end',
      text: (row) => row.variant.found ?? '-',
      cell: (row) => <Found cell={row.variant} series={variant} />,
    },
    { key: 'thinking', title: 'Thinking', width: '84px', align: 'end', text: thinkingChange },
    {
      key: 'state',
      title: 'Think state',
      width: '104px',
      text: (row) => row.variant.thinkState ?? '-',
      cell: ({ variant: { thinkState } }) => (thinkState === null ? '-' : <ThinkBadge state={thinkState} />),
    },
  ]
}

const answerWidth = '72px'

const idCell = ({ promptId }: ComparedPrompt) => <span className="mono">{promptId}</span>

/** What the grader found; underlined in the variant's colour where it is wrong. */
function Found({ cell, series }: { readonly cell: AnsweredCell; readonly series: Series }) {
  if (cell.found === null) return <span title="There is no answer">-</span>
  return (
    <span className={styles['found']} data-wrong={cell.correct === false || undefined} data-p={series.precision ?? ''}>
      {cell.found}
    </span>
  )
}

/** Thinking tokens against the reference's, on this prompt. */
function thinkingChange({ reference, variant }: ComparedPrompt): string {
  const [before, after] = [reference.thinkingTokens, variant.thinkingTokens]
  if (before === null || after === null || before === 0) return '-'
  const change = Math.round((100 * (after - before)) / before)
  return `${change > 0 ? '+' : change < 0 ? '−' : ''}${Math.abs(change)} %`
}
