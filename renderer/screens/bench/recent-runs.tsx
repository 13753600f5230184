import { useMemo } from 'react'
import type { Comparison } from '#shared/domain/comparison.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import { verdictWords } from '#shared/domain/verdict-words.ts'
import { useWidth } from '../../charts/use-width.ts'
import { count } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { dataOf, type Loadable } from '../../stores/loadable.ts'
import { queryKey } from '../../stores/query-slice.ts'
import { useApp } from '../../stores/use-app.ts'
import { LinkButton } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { sortRows, type Column } from '../../ui/grid-column.ts'
import { ProgressBar } from '../../ui/region.tsx'
import { useSorting } from '../../ui/use-sorting.ts'
import styles from './bench.module.css'
import { RunOutcome } from './run-outcome.tsx'
import { startedColumn, stateColumn, timeColumn } from '../runs/columns-of-runs.tsx'

const shownRuns = 12
/** Lists this wide have room for when a run ran, and for how long: what came out of it is not cut for either. Pixels. */
const roomFor: Readonly<Record<string, number>> = { started: 760, time: 1100 }
/** One line of an outcome, pixels. */
const lineHeight = 22

/** The latest runs with their verdicts; one that was stopped says how far it had come. `asked`: the selected one. */
export function RecentRuns({
  runs,
  asked,
}: {
  readonly runs: readonly RunSummary[]
  readonly asked: string | undefined
}) {
  const [place, width] = useWidth<HTMLDivElement>(960)
  const answers = useApp((state) => state.answers)
  const columns = useMemo(() => {
    const known = answers as ReadonlyMap<string, Loadable<Comparison>>
    const wide = runColumns(({ id }) =>
      dataOf(known.get(queryKey('compare.get', { run: id })) ?? { status: 'loading' }),
    )
    return wide.filter(({ key }) => width >= (roomFor[key] ?? 0))
  }, [answers, width])
  const order = useSorting()
  const rows = sortRows(runs.slice(0, shownRuns), columns, order.sorting)
  const at = rows.findIndex(({ id }) => String(id) === asked)
  return (
    <div ref={place} className={styles['runs']}>
      <h2>
        Recent runs
        <LinkButton size="small" className="end" href={routeHash('bench', ['specimen'])}>
          Compare the specimen’s precisions
        </LinkButton>
      </h2>
      <DataGrid
        label="Recent runs"
        name="recent-runs"
        main
        columns={columns}
        total={rows.length}
        row={(index) => rows[index]}
        rowHeight={heightOf}
        selected={at === -1 ? null : at}
        onSelect={(index) => refine({ run: rows[index]?.id })}
        onOpen={(index) => {
          const run = rows[index]
          if (run !== undefined) window.location.hash = resultHash(run)
        }}
        {...order}
      />
    </div>
  )
}

/** A line for each variant that has an outcome, and never less than the two that a run's name takes. */
function heightOf({ variants, isProbeRun }: RunSummary): number {
  const told = variants.filter(({ role }) => isProbeRun || role === 'candidate').length
  return 8 + lineHeight * Math.max(2, told)
}

/** Where a run's results are; one that is not done is watched. */
const resultHash = ({ id, state, isProbeRun }: RunSummary): string =>
  state === 'done' ? routeHash(isProbeRun ? 'refusals' : 'compare', [id]) : routeHash('runs', [id])

function runColumns(comparisonOf: (run: RunSummary) => Comparison | null): readonly Column<RunSummary>[] {
  return [
    {
      key: 'run',
      title: 'Run',
      width: 'minmax(150px, 1fr)',
      order: ({ id }) => id,
      text: ({ id, name, counts, suites }) =>
        `${id} ${name}, ${count(counts.total)} cells, ${suites.map(({ name: suite }) => suite).join(', ')}`,
      cell: (run) => <RunName run={run} />,
    },
    stateColumn,
    {
      key: 'outcome',
      title: 'What came out, against the reference',
      width: 'minmax(230px, 3fr)',
      text: (run) => (run.state === 'done' ? verdictsText(run, comparisonOf(run)) : standText(run)),
      cell: (run) => (run.state === 'done' ? <RunOutcome run={run} /> : <Standing run={run} />),
    },
    timeColumn,
    startedColumn,
  ]
}

function RunName({ run }: { readonly run: RunSummary }) {
  return (
    <>
      <a href={resultHash(run)} tabIndex={-1}>
        {run.id} {run.name}
      </a>
      <br />
      <span className="hint">
        {count(run.counts.total)} cells, {run.suites.map(({ name }) => name).join(', ')}
      </span>
    </>
  )
}

const judgedOf = ({ variants, reference }: Comparison) =>
  variants.filter(({ index, verdict }) => index !== reference && verdict !== null)

const precisionsOf = ({ variants }: RunSummary): string =>
  variants.map(({ variant }) => variant.precision.name).join(', ')

function verdictsText(run: RunSummary, comparison: Comparison | null): string {
  if (run.isProbeRun) return precisionsOf(run)
  if (comparison === null) return ''
  return judgedOf(comparison)
    .map((judged) => `${judged.runVariant.variant.precision.name} ${verdictWords(judged, comparison.margin)}`)
    .join(', ')
}

const standText = ({ counts: { done, error, total } }: RunSummary): string =>
  `${count(done + error)} of ${count(total)}`

function Standing({ run }: { readonly run: RunSummary }) {
  const { total, done, error } = run.counts
  return (
    <span className="row">
      <span style={{ width: 120 }}>
        <ProgressBar share={total === 0 ? 0 : (done + error) / total} label={`progress of run ${run.id}`} />
      </span>
      {standText(run)}
    </span>
  )
}
