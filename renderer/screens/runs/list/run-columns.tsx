import type { RunSummary } from '#shared/domain/run.ts'
import { precisionText, variantNames } from '#shared/domain/variant-names.ts'
import { count } from '../../../format/numbers.ts'
import { routeHash } from '../../../routing/route.ts'
import { PrecisionMark } from '../../../ui/badge.tsx'
import type { Column } from '../../../ui/grid-column.ts'
import { ProgressBar } from '../../../ui/region.tsx'
import styles from './list.module.css'
import { startedColumn, stateColumn, timeColumn } from '../columns-of-runs.tsx'

const suiteText = (run: RunSummary) => run.suites.map(({ name, n }) => `${name} (${count(n)})`).join(', ')
const variantText = (run: RunSummary) => [...variantNames(run.variants).values()].join(', ')

/** `rename`: draws the name of the run that is being renamed. */
export function runColumns(rename: (run: RunSummary) => React.ReactNode): readonly Column<RunSummary>[] {
  return [
    { key: 'id', title: 'Run', width: '72px', align: 'end', order: ({ id }) => id, text: ({ id }) => String(id) },
    {
      key: 'name',
      title: 'Name',
      width: 'minmax(120px, 1.3fr)',
      order: ({ name }) => name,
      text: ({ name }) => name,
      cell: (run) => rename(run) ?? <a href={routeHash('runs', [run.id])}>{run.name}</a>,
    },
    stateColumn,
    { key: 'suites', title: 'Suites', width: 'minmax(110px, 1fr)', order: suiteText, text: suiteText },
    {
      key: 'variants',
      title: 'Variants',
      width: 'minmax(140px, 1.9fr)',
      order: ({ variants }) => variants.length,
      text: variantText,
      cell: (run) => <Variants run={run} />,
    },
    {
      key: 'cells',
      title: 'Cells',
      width: 'minmax(72px, 180px)',
      align: 'end',
      order: ({ counts }) => counts.total,
      text: ({ counts }) => `${counts.done + counts.error} of ${counts.total}`,
      cell: (run) => <Cells run={run} />,
    },
    {
      key: 'errors',
      title: 'Errors',
      width: '64px',
      align: 'end',
      order: ({ counts }) => counts.error,
      text: ({ counts }) => String(counts.error),
      cell: ({ counts }) => (counts.error === 0 ? '0' : <b className={styles['bad']}>{count(counts.error)}</b>),
    },
    timeColumn,
    startedColumn,
  ]
}

function Variants({ run }: { readonly run: RunSummary }) {
  const precisions = new Set(run.variants.map(({ variant }) => precisionText(variant.precision)))
  return (
    <span className={styles['variants']}>
      {[...precisions].map((name) => (
        <PrecisionMark key={name} name={name} />
      ))}
    </span>
  )
}

function Cells({ run }: { readonly run: RunSummary }) {
  const { total, done, error } = run.counts
  const whole = done + error === total
  return (
    <span className={styles['cells']}>
      {!whole && (
        <span>
          <ProgressBar thin share={total === 0 ? 0 : (done + error) / total} label={`progress of run ${run.id}`} />
        </span>
      )}
      <span>{whole ? count(total) : `${count(done + error)} of ${count(total)}`}</span>
    </span>
  )
}

/** The runs whose number, name, state, suites or variants contain every word. */
export function findRuns(runs: readonly RunSummary[], search: string): readonly RunSummary[] {
  const words = search.toLowerCase().split(/\s+/)
  return runs.filter((run) => {
    const text = `${run.id} ${run.name} ${run.state} ${suiteText(run)} ${variantText(run)}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
