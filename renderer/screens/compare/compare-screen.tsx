import { wholeNumber, type Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Bones, EmptyState, ErrorNotice } from '../../ui/region.tsx'
import { CompareNotice } from './compare-notice.tsx'
import { comparisonInput, readChoice, type CompareChoice } from './compare-query.ts'
import { CompareView } from './compare-view.tsx'
import { nothingToCompare } from './nothing-to-compare.tsx'
import { PromptScreen } from './prompt-screen.tsx'
import { RunChooser } from './run-chooser.tsx'
import { useKept } from './use-kept.ts'

/** `#/compare`: which run; `#/compare/17`: its verdicts; `#/compare/17/prompt/42`: one prompt under two variants. */
export function CompareScreen({ route }: { readonly route: Route }) {
  const choice = readChoice(route)
  if (choice === null) return <RunChooser route={route} />
  const prompt = route.path[1] === 'prompt' ? wholeNumber(route.path[2]) : null
  if (prompt !== null) {
    return <PromptScreen choice={choice} promptIndex={prompt} query={route.query} />
  }
  return <OneRun key={choice.run} choice={choice} row={wholeNumber(route.query['row']) ?? 0} />
}

function OneRun({ choice, row }: { readonly choice: CompareChoice; readonly row: number }) {
  const running = useLab('runs.get', { run: choice.run })
  const answer = useLab('compare.get', comparisonInput(choice))
  const { data: comparison, old } = useKept(answer, choice.run)
  const run = dataOf(running)
  const failed = running.status === 'failed' ? running.error : answer.status === 'failed' ? answer.error : null
  if (failed !== null) {
    return (
      <>
        <TopBar path={[{ label: 'Compare', href: '#/compare' }]} title={`Run ${choice.run}`} />
        <ErrorNotice
          error={failed}
          actions={
            <LinkButton size="small" href="#/compare">
              All runs
            </LinkButton>
          }
        />
      </>
    )
  }
  if (run === null || comparison === null) {
    return (
      <>
        <TopBar path={[{ label: 'Compare', href: '#/compare' }]} title={`Run ${choice.run}`} />
        <Bones rows={8} />
      </>
    )
  }
  const why = nothingToCompare(run, comparison)
  if (why !== null) {
    return (
      <>
        <TopBar
          path={[
            { label: 'Compare', href: '#/compare' },
            { label: `${choice.run} ${run.name}`, href: `#/runs/${choice.run}` },
          ]}
          title="Verdicts"
        />
        <div>
          <CompareNotice run={run} figures={false} />
          <EmptyState what={why.what} actions={why.actions}>
            {why.why}
          </EmptyState>
        </div>
      </>
    )
  }
  return <CompareView run={run} comparison={comparison} old={old} choice={choice} row={row} />
}
