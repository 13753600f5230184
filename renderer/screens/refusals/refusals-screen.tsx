import { useEffect } from 'react'
import { countText } from '#shared/domain/figures.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import { routeHash, type Route } from '../../routing/route.ts'
import { replaceHash } from '../../routing/use-route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { useLab } from '../../stores/use-app.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Bones, EmptyState, ErrorNotice } from '../../ui/region.tsx'
import { readPlace } from './refusals-query.ts'
import { RefusalsView } from './refusals-view.tsx'

/** `#/refusals`: the newest probe run; `#/refusals/17/map`: one tab of a run. */
export function RefusalsScreen({ route }: { readonly route: Route }) {
  const { run, tab } = readPlace(route)
  const runs = useLab('runs.list', {})
  if (runs.status === 'failed') return <Plain>{<ErrorNotice error={runs.error} />}</Plain>
  if (runs.status === 'loading') return <Plain>{<Bones rows={8} />}</Plain>
  const probeRuns = runs.data.filter(({ isProbeRun }) => isProbeRun).toSorted(byAge)
  const shown = run ?? probeRuns.find(({ counts }) => counts.done > 0)?.id ?? probeRuns[0]?.id
  if (shown === undefined) return <NoProbeRun />
  const summary = runs.data.find(({ id }) => id === shown)
  if (summary?.isProbeRun === false) return <NoProbes run={summary} probeRuns={probeRuns} />
  return run === null ? (
    <Redirect to={routeHash('refusals', [shown, tab], route.query)} />
  ) : (
    <RefusalsView key={run} run={run} tab={tab} route={route} probeRuns={probeRuns} />
  )
}

const byAge = (a: RunSummary, b: RunSummary): number => b.createdAtMs - a.createdAtMs || b.id - a.id

/** The address names the run, so that it opens the same view tomorrow. */
function Redirect({ to }: { readonly to: string }) {
  useEffect(() => {
    replaceHash(to)
  }, [to])
  return <Plain>{<Bones rows={8} />}</Plain>
}

function Plain({ children }: { readonly children: React.ReactNode }) {
  return (
    <>
      <TopBar title="Refusals" />
      <div>{children}</div>
    </>
  )
}

function NoProbeRun() {
  const packs = useLab('suites.list', {})
  const pack = packs.status === 'ready' ? packs.data.find(({ name }) => name === 'specimen-probes') : undefined
  return (
    <Plain>
      <EmptyState
        what="No probes asked yet."
        actions={
          <>
            <LinkButton kind="primary" href={routeHash('runs', ['new'], { suite: 'specimen-probes' })}>
              Probe the specimen
            </LinkButton>
            <LinkButton href={routeHash('runs', ['new'], { suite: 'prc-starter' })}>
              Probe a model of your own
            </LinkButton>
          </>
        }
      >
        A probe pack puts sensitive questions and matched controls to a model. Here every answer gets a label with its
        evidence, and a log to which a person can add. The specimen was designed to withhold some answers
        {pack === undefined ? '' : `: its pack has ${countText(pack.n)} prompts`}, and nothing is downloaded.
      </EmptyState>
    </Plain>
  )
}

function NoProbes({ run, probeRuns }: { readonly run: RunSummary; readonly probeRuns: readonly RunSummary[] }) {
  return (
    <Plain>
      <EmptyState
        what={`Run ${run.id} asked no probes.`}
        actions={
          <>
            <LinkButton kind="primary" href={routeHash('runs', ['new'], { suite: 'specimen-probes' })}>
              Probe the specimen
            </LinkButton>
            {probeRuns.slice(0, 3).map(({ id, name }) => (
              <LinkButton key={id} href={routeHash('refusals', [id, 'log'])}>
                {id} {name}
              </LinkButton>
            ))}
          </>
        }
      >
        Labels are given to the answers of a probe pack: its prompts carry topic, pair, role and facts.
      </EmptyState>
    </Plain>
  )
}
