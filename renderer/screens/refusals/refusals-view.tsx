import { useMemo, useState } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { countText } from '#shared/domain/figures.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import { briefVariantNames, variantNames } from '#shared/domain/variant-names.ts'
import { routeHash, type Route } from '../../routing/route.ts'
import { go } from '../../routing/use-route.ts'
import { useActions } from '../../actions/use-actions.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Tabs } from '../../ui/controls.tsx'
import { Bones, ErrorNotice } from '../../ui/region.tsx'
import { RunNotice } from '../../ui/run-notice.tsx'
import { ExportMenu } from './export-menu.tsx'
import { LogView } from './log-view.tsx'
import { MapView } from './map-view.tsx'
import { MethodView } from './method-view.tsx'
import { PairsView } from './pairs-view.tsx'
import type { RefusalRun } from './refusal-run.ts'
import { armOf, tabs, type RefusalTab } from './refusals-query.ts'
import styles from './refusals.module.css'
import { ReviewView } from './review-view.tsx'
import { versionWords } from './rule-words.ts'
import { RunMenu } from './run-menu.tsx'
import { SummaryBand } from './summary-band.tsx'

interface ViewProps {
  readonly run: number
  readonly tab: RefusalTab
  readonly route: Route
  readonly probeRuns: readonly RunSummary[]
}

/** A probe run: its tabs, its summary, and the tab that is open. */
export function RefusalsView({ run: id, tab, route, probeRuns }: ViewProps) {
  const run = useLab('runs.get', { run: id })
  const arm = armOf(route.query['arm'])
  const summary = useLab('refusals.summary', { run: id, ...(arm === null ? {} : { arm }) })
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const known = dataOf(run)
  const figures = dataOf(summary)
  const names = useMemo(() => variantNames(known?.variants ?? []), [known])
  const briefs = useMemo(() => briefVariantNames(names), [names])
  useActions('refusals', Object.fromEntries(tabs.map((name) => [name, () => go('refusals', [id, name])])))
  const failed = run.status === 'failed' ? run.error : summary.status === 'failed' ? summary.error : null
  return (
    <>
      <TopBar
        path={[{ label: known === null ? `Run ${id}` : `${id} ${known.name}`, href: routeHash('runs', [id]) }]}
        title="Refusals"
        actions={
          <>
            {probeRuns.length > 1 && <RunMenu runs={probeRuns} current={id} tab={tab} />}
            <ExportMenu run={id} onProblem={setProblem} />
          </>
        }
      />
      <div className={styles['view']}>
        {problem !== null && <ErrorNotice error={problem} />}
        {failed !== null && (
          <ErrorNotice
            error={failed}
            actions={
              <LinkButton size="small" href="#/refusals">
                Newest probe run
              </LinkButton>
            }
          />
        )}
        {failed === null && (known === null || figures === null) && <Bones rows={10} />}
        {failed === null && known !== null && figures !== null && (
          <Opened of={{ run: known, summary: figures, names, briefs, route }} tab={tab} />
        )}
      </div>
    </>
  )
}

function Opened({ of, tab }: { readonly of: RefusalRun; readonly tab: RefusalTab }) {
  const { run, summary, route } = of
  const waiting = dataOf(useLab('refusals.queue', { run: run.id, limit: 1 }))
  const counts = dataOf(useLab('refusals.counts', { run: run.id }))
  const arm = armOf(route.query['arm']) ?? undefined
  const href = (to: RefusalTab) => routeHash('refusals', [run.id, to], { arm })
  return (
    <>
      <Tabs
        label="Views of the refusal log"
        current={tab}
        tabs={[
          { key: 'log', label: 'Log', href: href('log'), ...number(counts?.total) },
          { key: 'map', label: 'Map', href: href('map') },
          { key: 'pairs', label: 'Pairs', href: href('pairs') },
          { key: 'review', label: 'Review', href: href('review'), ...number(waiting?.left) },
          { key: 'method', label: 'Method', href: href('method') },
        ]}
      >
        <span className="hint only-wide">{scopeWords(of)}</span>
      </Tabs>
      <RunNotice
        run={run}
        calls="refusals."
        whileGoing="The figures follow a few seconds behind it, and each may still change."
        ofErrors="They are in no rate."
        figures={run.counts.done > 0}
      />
      {(tab === 'log' || tab === 'map' || tab === 'pairs') && summary.variants.length > 0 && (
        <SummaryBand of={of} open={tab === 'log'} />
      )}
      {tab === 'log' && <LogView of={of} />}
      {tab === 'map' && <MapView of={of} />}
      {tab === 'pairs' && <PairsView of={of} />}
      {tab === 'review' && <ReviewView of={of} />}
      {tab === 'method' && <MethodView of={of} />}
    </>
  )
}

const number = (n: number | undefined) => (n === undefined ? {} : { n: countText(n) })

/** `436 probes × 5 variants, 16 topic pairs, rules 1`. */
function scopeWords({ run, summary }: RefusalRun): string {
  const prompts = run.suites.reduce((sum, { n }) => sum + n, 0)
  const pairs = new Set(summary.topics.filter(({ control }) => control !== null).map(({ topic }) => topic)).size
  return [
    `${countText(prompts)} probes × ${summary.variants.length} ${summary.variants.length === 1 ? 'variant' : 'variants'}`,
    `${pairs} topic ${pairs === 1 ? 'pair' : 'pairs'}`,
    versionWords(summary.rulesVersion),
  ].join(', ')
}
