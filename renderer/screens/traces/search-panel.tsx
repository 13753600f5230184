import { useEffect, useMemo, useState } from 'react'
import type { RunVariant } from '#shared/domain/run.ts'
import { briefVariantNames } from '#shared/domain/variant-names.ts'
import { count } from '../../format/numbers.ts'
import { refine } from '../../routing/use-route.ts'
import { MarkedText } from '../../text/marked-text.tsx'
import { PrecisionMark } from '../../ui/badge.tsx'
import { Key } from '../../ui/button.tsx'
import { SearchField, Segment } from '../../ui/controls.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import type { Column } from '../../ui/grid-column.ts'
import { EmptyState, ErrorNotice } from '../../ui/region.tsx'
import type { Part, TraceChoice } from './trace-choice.ts'
import styles from './panels.module.css'
import type { Hit, Hits } from './use-hits.ts'

/** How long typing has to rest before the lab is asked. */
const restMs = 180

export interface SearchPanelProps {
  readonly choice: TraceChoice
  readonly hits: Hits
  readonly variants: readonly RunVariant[]
  readonly names: ReadonlyMap<number, string>
  readonly onHit: (row: number) => void
}

/** Search in all thinking and all answers of the run. */
export function SearchPanel({ choice, hits, variants, names, onHit }: SearchPanelProps) {
  // What was typed holds until the address has it, or until the address says something else.
  const [draft, setDraft] = useState({ text: choice.search, over: choice.search })
  const typed = draft.over === choice.search ? draft.text : choice.search
  useEffect(() => {
    if (typed === choice.search) return undefined
    const timer = setTimeout(() => refine({ q: typed, hit: undefined }), restMs)
    return () => clearTimeout(timer)
  }, [typed, choice.search])
  const sum = (part: Part) => hits.counts.reduce((all, counts) => all + counts[part], 0)
  const columns = useMemo(() => hitColumns(variants, names), [variants, names])
  const asked = choice.search.trim() !== ''
  return (
    <section className={styles['search']} aria-label="Search" data-asked={asked || undefined}>
      <div className={styles['searchhead']}>
        <SearchField
          label="Search all traces"
          value={typed}
          onChange={(text) => setDraft({ text, over: choice.search })}
          onEnter={() => {
            if (typed !== choice.search) refine({ q: typed, hit: undefined })
            else if ((hits.total ?? 0) > 0) onHit(choice.hit?.row ?? 0)
          }}
          {...(hits.total === null ? {} : { count: count(hits.total) })}
        />
        <Segment
          label="Part"
          value={choice.part ?? 'both'}
          onChange={(part) => refine({ part: part === 'both' ? undefined : part, hit: undefined })}
          choices={[
            { value: 'both', label: 'Both' },
            { value: 'thinking', label: 'Thinking' },
            { value: 'answer', label: 'Answers' },
          ]}
        />
        {asked && hits.total !== null && (
          <p className="hint">
            {count(sum('thinking'))} in thinking, {count(sum('answer'))} in answers
          </p>
        )}
        {asked && hits.counts.length > 0 && (
          <HitCounts hits={hits} part={choice.part} variants={variants} names={names} />
        )}
      </div>
      {hits.error !== null && <ErrorNotice error={hits.error} />}
      <div className={styles['hits']}>
        {!asked ? (
          <EmptyState what="Search all traces of this run.">
            Words, “phrases in quotes”, beginnings with *, Chinese of any length.
          </EmptyState>
        ) : (
          <DataGrid
            label="Hits"
            name="hits"
            columns={columns}
            total={hits.total ?? 0}
            row={hits.row}
            onRange={hits.want}
            all={hits.all}
            selected={choice.hit?.row ?? null}
            onSelect={onHit}
            rowHeight={48}
            empty={hits.total === null ? null : <EmptyState what="Nothing found.">{notFound(choice)}</EmptyState>}
          />
        )}
      </div>
      {(hits.total ?? 0) > 0 && (
        <p className={styles['foot']}>
          <Key>n</Key> <Key>p</Key> {place(choice, hits)}
        </p>
      )}
    </section>
  )
}

const notFound = ({ part, search }: TraceChoice) =>
  `No ${part === 'answer' ? 'answer' : part === 'thinking' ? 'thinking' : 'trace'} of this run holds “${search}”.`

/** `hit 2 of 3, trace 41 of 312`. */
function place({ hit }: TraceChoice, { total, row }: Hits): string {
  if (hit === null || total === null)
    return `next, previous of ${count(total ?? 0)} ${total === 1 ? 'trace' : 'traces'}`
  const inTrace = row(hit.row)?.count ?? 1
  return ` ${inTrace > 1 ? `hit ${hit.place + 1} of ${inTrace}, ` : ''}trace ${count(hit.row + 1)} of ${count(total)}`
}

/** Traces of each variant that hold the search, on one scale. */
function HitCounts({
  hits,
  part,
  variants,
  names,
}: Pick<SearchPanelProps, 'hits' | 'variants' | 'names'> & { readonly part: Part | null }) {
  const rows = variants.map(({ index, variant }) => {
    const found = hits.counts.find((counts) => counts.variantIndex === index)
    const n = part === null ? (found?.thinking ?? 0) + (found?.answer ?? 0) : (found?.[part] ?? 0)
    return { index, precision: variant.precision.name, n }
  })
  const briefs = briefVariantNames(names)
  const most = Math.max(1, ...rows.map(({ n }) => n))
  return (
    <dl className={styles['counts']}>
      {rows.map(({ index, precision, n }) => (
        <div key={index}>
          <dt>
            <PrecisionMark name={precision} label={briefs.get(index) ?? String(index)} whole={names.get(index)} />
          </dt>
          <dd className={styles['countbar']} aria-hidden="true">
            <i style={{ width: `${(100 * n) / most}%` }} />
          </dd>
          <dd className="num" title="Traces that hold it">
            {count(n)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function hitColumns(variants: readonly RunVariant[], names: ReadonlyMap<number, string>): readonly Column<Hit>[] {
  const briefs = briefVariantNames(names)
  return [
    {
      key: 'hit',
      title: 'Traces that hold it',
      width: 'minmax(0, 1fr)',
      text: ({ cell, part, snippet }) =>
        `${cell.promptId}, ${names.get(cell.variantIndex) ?? cell.variantIndex}, ${part}: ${snippet}`,
      cell: ({ cell, part, snippet, marks, count: n }) => (
        <div className={styles['hit']}>
          <div className="row">
            <span className={styles['promptid']}>{cell.promptId}</span>
            <span className="hint">
              {part}
              {n > 1 && ` × ${count(n)}`}
            </span>
            <span className="end">
              <PrecisionMark
                name={variants.find(({ index }) => index === cell.variantIndex)?.variant.precision.name ?? '-'}
                label={briefs.get(cell.variantIndex) ?? String(cell.variantIndex)}
                whole={names.get(cell.variantIndex)}
              />
            </span>
          </div>
          <p className={styles['snippet']}>
            <MarkedText
              text={snippet}
              start={snippetStart(snippet, marks[0]?.start ?? 0)}
              ranges={marks.map((mark) => ({ ...mark, mark: { kind: 'hit' } as const }))}
            />
          </p>
        </div>
      ),
    },
  ]
}

/** The line is short: it begins a few words before the first hit. */
function snippetStart(snippet: string, mark: number): number {
  const before = snippet.slice(0, mark)
  const from = Math.max(0, mark - 18)
  const space = before.indexOf(' ', from)
  return from === 0 ? 0 : space < 0 ? from : space + 1
}
