import { Check, TriangleAlert, X } from 'lucide-react'
import { useMemo } from 'react'
import type { Cell, RunVariant } from '#shared/domain/run.ts'
import { briefVariantNames } from '#shared/domain/variant-names.ts'
import { count } from '../../format/numbers.ts'
import { refine } from '../../routing/use-route.ts'
import { PrecisionMark, ThinkBadge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import type { Column } from '../../ui/grid-column.ts'
import { Bones, EmptyState, ErrorNotice } from '../../ui/region.tsx'
import { CellFilters } from './cell-filters.tsx'
import { writeFilter, type TraceChoice } from './trace-choice.ts'
import listStyles from './list.module.css'
import panelsStyles from './panels.module.css'
import { cellAddress } from './use-trace-actions.ts'
import type { CellPages } from './use-cell-pages.ts'

export interface CellListProps {
  readonly choice: TraceChoice
  readonly variants: readonly RunVariant[]
  readonly names: ReadonlyMap<number, string>
  readonly arms: number
  readonly samples: number
  readonly pages: CellPages
  /** Variants that are shown side by side at the moment. */
  readonly shown: readonly number[]
  /** What was asked for is there: now is the time to count. */
  readonly ready: boolean
}

/** All cells of a run, any number of them; the selected one is read beside the list. */
export function CellList({ choice, variants, names, arms, samples, pages, shown, ready }: CellListProps) {
  const columns = useMemo(() => cellColumns(variants, names, { arms, samples }), [variants, names, arms, samples])
  const { total, error } = pages
  const select = (index: number) => {
    const cell = pages.row(index)
    // A row that is not there yet says which cell it is once it comes.
    const address = cell === undefined ? { prompt: undefined, v: undefined } : cellAddress(cell, shown)
    refine({ ...address, row: index, hit: undefined })
  }
  return (
    <section className={listStyles['list']} aria-label="Cells">
      <div className={listStyles['listhead']}>
        <h2>Cells</h2>
        <span className="hint">{total === null ? '' : count(total)}</span>
      </div>
      <CellFilters choice={choice} names={names} ready={ready} />
      {error !== null && <ErrorNotice error={error} />}
      <div className={listStyles['grid']}>
        {total === null && error === null ? (
          <Bones rows={8} />
        ) : (
          <DataGrid
            label="Cells"
            name="cells"
            main
            columns={columns}
            total={total ?? 0}
            row={pages.row}
            onRange={pages.want}
            all={pages.all}
            selected={choice.row ?? (choice.prompt === null && choice.hit === null ? 0 : null)}
            onSelect={select}
            sorting={choice.sorting}
            onSort={({ by, descending }) => refine({ sort: by, desc: descending ? 1 : undefined, row: undefined })}
            empty={<NoCells />}
          />
        )}
      </div>
    </section>
  )
}

function NoCells() {
  const all = { variants: [], arms: [], states: [], thinkStates: [], right: null }
  return (
    <EmptyState
      what="No cell passes all filters."
      actions={
        <Button size="small" onClick={() => refine(writeFilter(all))}>
          Show all cells
        </Button>
      }
    />
  )
}

function cellColumns(
  variants: readonly RunVariant[],
  names: ReadonlyMap<number, string>,
  { arms, samples }: { readonly arms: number; readonly samples: number },
): readonly Column<Cell>[] {
  const briefs = briefVariantNames(names)
  const name = ({ variantIndex }: Cell) => names.get(variantIndex) ?? String(variantIndex)
  const which = ({ arm, sample }: Cell) =>
    [...(arms > 1 ? [arm] : []), ...(samples > 1 ? [`#${sample + 1}`] : [])].join(' ')
  return [
    {
      key: 'prompt',
      title: 'Prompt',
      width: 'minmax(134px, 1fr)',
      sort: 'promptId',
      text: (cell) => `${cell.promptId} ${which(cell)}`.trim(),
      cell: (cell) => (
        <>
          <span className={panelsStyles['promptid']}>{cell.promptId}</span>
          {which(cell) !== '' && <span className="hint"> {which(cell)}</span>}
        </>
      ),
    },
    {
      key: 'variant',
      title: 'Variant',
      width: '84px',
      sort: 'order',
      text: name,
      cell: (cell) => (
        <PrecisionMark
          name={variants.find(({ index }) => index === cell.variantIndex)?.variant.precision.name ?? '-'}
          label={briefs.get(cell.variantIndex) ?? name(cell)}
          whole={name(cell)}
        />
      ),
    },
    {
      key: 'think',
      title: 'Thinking',
      width: '78px',
      sort: 'thinkingTokens',
      text: ({ thinkState, thinkingTokens }) => `${thinkState ?? '-'} ${thinkingTokens ?? ''}`.trim(),
      cell: ({ thinkState, thinkingTokens }) =>
        thinkState === 'normal' || thinkState === null ? (
          <span className={listStyles['tokens']}>{thinkingTokens === null ? '-' : count(thinkingTokens)}</span>
        ) : (
          <ThinkBadge state={thinkState} />
        ),
    },
    {
      key: 'result',
      title: 'Grade',
      width: '84px',
      sort: 'state',
      text: resultWords,
      cell: (cell) => <Result cell={cell} />,
    },
  ]
}

function resultWords({ state, correct, errorCode }: Cell): string {
  if (state === 'error') return `failed: ${errorCode ?? 'unknown'}`
  if (state !== 'done') return 'not run'
  return correct === null ? 'not graded' : correct ? 'right' : 'wrong'
}

function Result({ cell }: { readonly cell: Cell }) {
  const words = resultWords(cell)
  if (cell.state === 'error') return <TriangleAlert className={listStyles['failed']} aria-label={words} />
  if (cell.correct === null) return <span aria-label={words}>{cell.state === 'done' ? '-' : ''}</span>
  return cell.correct ? (
    <Check className={listStyles['right']} aria-label={words} />
  ) : (
    <X className={listStyles['wrong']} aria-label={words} />
  )
}
