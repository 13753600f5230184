import type { Comparison } from '#shared/domain/comparison.ts'
import { countText, intervalText, marginText } from '#shared/domain/figures.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import { verdictRemark } from '#shared/domain/verdict-words.ts'
import { routeHash, wholeNumber, type Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { useLab } from '../../stores/use-app.ts'
import { PrecisionMark, VerdictMark } from '../../ui/badge.tsx'
import { Key, LinkButton } from '../../ui/button.tsx'
import { Bones, EmptyState, ErrorNotice, Region } from '../../ui/region.tsx'
import { Scroller } from '../../ui/scroller.tsx'
import { ChooseRun, runColumns } from '../runs/choose-run.tsx'
import { comparableRuns } from './comparable-runs.ts'
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
  return (
    <>
      <TopBar title="Compare" />
      <div className={styles['chooser']}>
        <ChooseRun
          place="compare"
          runs={runs}
          columns={columns}
          asked={asked}
          hint={`${countText(runs.length)} with something to compare`}
          actions={
            probes > 0 && (
              <a className="hint" href="#/refusals">
                {probeRunsText(probes)} in Refusals
              </a>
            )
          }
        >
          {(run) => <Preview key={run.id} run={run} />}
        </ChooseRun>
      </div>
    </>
  )
}

const promptCount = ({ suites }: RunSummary) => suites.reduce((sum, { n }) => sum + n, 0)

const columns = runColumns(
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
    width: '120px',
    text: ({ variants }) =>
      variants
        .filter(({ role }) => role !== 'repeat')
        .map(({ variant }) => variant.precision.name)
        .join(', '),
  },
)

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
        <PrecisionMark
          name={base?.runVariant.variant.precision.name ?? '-'}
          label={nameOf(shown, reference).brief}
          whole={nameOf(shown, reference).name}
        />
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
                <VerdictMark verdict={variant.verdict} margin={margin} open={variant.open} />
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
