import { useMemo } from 'react'
import type { Comparison } from '#shared/domain/comparison.ts'
import { countText, intervalText, marginText } from '#shared/domain/figures.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import { verdictRemark } from '#shared/domain/verdict-words.ts'
import { moment } from '../../format/numbers.ts'
import { routeHash, type Route } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { useLab } from '../../stores/use-app.ts'
import { Badge, PrecisionMark, VerdictMark } from '../../ui/badge.tsx'
import { Key, LinkButton } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { sortRows, type Column } from '../../ui/grid-column.ts'
import { Bones, EmptyState, ErrorNotice, Region } from '../../ui/region.tsx'
import { Scroller } from '../../ui/scroller.tsx'
import { useSorting } from '../../ui/use-sorting.ts'
import { comparableRuns } from './comparable-runs.ts'
import { wholeNumber } from './compare-query.ts'
import styles from './compare.module.css'
import { nameOf, shownVariants } from './shown-variants.ts'
import { VariantTag } from './variant-tag.tsx'

/** Which run to compare: those with something to compare, the newest selected, its verdicts beside the list. */
export function RunChooser({ route }: { readonly route: Route }) {
  const answer = useLab('runs.list', {})
  if (answer.status === 'failed') {
    return (
      <>
        <TopBar title="Compare" />
        <ErrorNotice error={answer.error} />
      </>
    )
  }
  if (answer.status === 'loading') {
    return (
      <>
        <TopBar title="Compare" />
        <Bones />
      </>
    )
  }
  const runs = comparableRuns(answer.data)
  const probes = answer.data.filter(({ isProbeRun }) => isProbeRun).length
  return runs.length === 0 ? (
    <NoRuns any={answer.data.length > 0} probes={probes} />
  ) : (
    <Chooser runs={runs} probes={probes} asked={wholeNumber(route.query['run'])} />
  )
}

function NoRuns({ any, probes }: { readonly any: boolean; readonly probes: number }) {
  return (
    <>
      <TopBar title="Compare" />
      <EmptyState
        what={any ? 'No graded run with two variants yet.' : 'No run yet.'}
        actions={
          <>
            <LinkButton kind="primary" href="#/bench/specimen">
              Compare the specimen&apos;s precisions
            </LinkButton>
            <LinkButton href="#/runs/new">New run</LinkButton>
            {probes > 0 && <LinkButton href="#/refusals">{probeRunsText(probes)} in Refusals</LinkButton>}
          </>
        }
      >
        Here every variant of a run gets its verdict against the reference: within the margin, worse, or cannot tell
        yet.
      </EmptyState>
    </>
  )
}

const probeRunsText = (n: number): string => `${countText(n)} probe ${n === 1 ? 'run' : 'runs'}`

function Chooser({
  runs,
  probes,
  asked,
}: {
  readonly runs: readonly RunSummary[]
  /** How many runs are told in Refusals instead. */
  readonly probes: number
  readonly asked: number | null
}) {
  const order = useSorting()
  const rows = useMemo(() => sortRows(runs, runColumns, order.sorting), [runs, order.sorting])
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === asked),
  )
  const run = rows[at]
  const open = () => {
    if (run !== undefined) window.location.hash = routeHash('compare', [run.id])
  }
  return (
    <>
      <TopBar title="Compare" />
      <div className={styles['chooser']}>
        <Region
          title="Runs"
          hint={`${countText(runs.length)} with something to compare`}
          flush
          line
          actions={
            probes > 0 && (
              <a className="hint" href="#/refusals">
                {probeRunsText(probes)} in Refusals
              </a>
            )
          }
        >
          <DataGrid
            label="Runs"
            name="compare-runs"
            main
            columns={runColumns}
            total={rows.length}
            row={(index) => rows[index]}
            selected={at}
            onSelect={(index) => refine({ run: rows[index]?.id })}
            onOpen={open}
            {...order}
          />
        </Region>
        {run !== undefined && <Preview key={run.id} run={run} />}
      </div>
    </>
  )
}

const suiteWords = ({ suites }: RunSummary) => suites.map(({ name }) => name).join(' + ')

const promptCount = ({ suites }: RunSummary) => suites.reduce((sum, { n }) => sum + n, 0)

const runColumns: readonly Column<RunSummary>[] = [
  { key: 'id', title: 'Run', width: '64px', order: ({ id }) => id, text: ({ id }) => String(id) },
  { key: 'name', title: 'Name', width: 'minmax(120px, 1fr)', order: ({ name }) => name, text: ({ name }) => name },
  {
    key: 'suites',
    title: 'Suite',
    width: 'minmax(110px, 180px)',
    order: suiteWords,
    text: suiteWords,
  },
  {
    key: 'n',
    title: 'Prompts',
    width: '76px',
    align: 'end',
    order: promptCount,
    text: (run) => countText(promptCount(run)),
  },
  {
    key: 'variants',
    title: 'Variants',
    width: 'minmax(120px, 220px)',
    text: ({ variants }) =>
      variants
        .filter(({ role }) => role !== 'repeat')
        .map(({ variant }) => variant.precision.name)
        .join(', '),
  },
  {
    key: 'state',
    title: 'State',
    width: '92px',
    order: ({ state }) => state,
    text: ({ state }) => state,
    cell: ({ state }) => (
      <Badge tone={state === 'running' ? 'live' : state === 'done' ? 'plain' : 'warn'}>{state}</Badge>
    ),
  },
  {
    key: 'when',
    title: 'Made',
    width: '112px',
    order: ({ createdAtMs }) => createdAtMs,
    text: ({ createdAtMs }) => moment(createdAtMs),
  },
]

/** The selected run's verdicts in short. Asked for one run at a time: a large one takes the lab a moment. */
function Preview({ run }: { readonly run: RunSummary }) {
  const answer = useLab('compare.get', { run: run.id })
  return (
    <Scroller className={styles['preview']} label={`Verdicts of run ${run.id}`}>
      <Region
        title={`${run.id} ${run.name}`}
        line
        flush
        actions={
          <LinkButton kind="primary" size="small" href={routeHash('compare', [run.id])}>
            Open <Key>Enter</Key>
          </LinkButton>
        }
      >
        {answer.status === 'failed' ? (
          <ErrorNotice error={answer.error} />
        ) : answer.status === 'loading' ? (
          <Bones />
        ) : (
          <Verdicts comparison={answer.data} />
        )}
      </Region>
    </Scroller>
  )
}

function Verdicts({ comparison }: { readonly comparison: Comparison }) {
  const { variants, reference, margin, run } = comparison
  const shown = shownVariants(
    variants.map(({ runVariant }) => runVariant),
    { run, blind: false },
  )
  const base = variants.find(({ index }) => index === reference)
  return (
    <>
      <p className={styles['caption-padded']}>
        Against{' '}
        <PrecisionMark name={base?.runVariant.variant.precision.name ?? '-'} label={nameOf(shown, reference).name} />
        {`, ${intervalText(base?.accuracy ?? null)} % right, at a margin of ${marginText(margin)}.`}
      </p>
      <ul>
        {variants
          .filter(({ index }) => index !== reference)
          .map((variant) => (
            <li key={variant.index} data-v={variant.verdict ?? undefined}>
              <VariantTag series={nameOf(shown, variant.index)} />
              {variant.verdict === null ? (
                <span className="hint">- nothing to compare</span>
              ) : (
                <VerdictMark verdict={variant.verdict} margin={margin} />
              )}
              <small>
                {variant.verdictInterval === null
                  ? ''
                  : `loss ${intervalText(variant.verdictInterval, 'plus')} points, `}
                {`n = ${countText(variant.pairs)}`}
                {verdictRemark(variant) === null ? '' : `, ${verdictRemark(variant)}`}
              </small>
            </li>
          ))}
      </ul>
    </>
  )
}
