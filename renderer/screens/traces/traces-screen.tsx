import type { Route } from '../../routing/route.ts'
import { routeHash } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Bones, ErrorNotice } from '../../ui/region.tsx'
import { RunChooser } from './run-chooser.tsx'
import { RunTraces } from './run-traces.tsx'
import { readChoice, type TraceChoice } from './trace-choice.ts'

/** `#/traces`: which run; `#/traces/17?prompt=41&v=0,3`: its cells, and one prompt under two variants. */
export function TracesScreen({ route }: { readonly route: Route }) {
  const choice = readChoice(route)
  return choice === null ? <RunChooser route={route} /> : <OneRun key={choice.run} choice={choice} />
}

function OneRun({ choice }: { readonly choice: TraceChoice }) {
  const answer = useLab('runs.get', { run: choice.run })
  const run = dataOf(answer)
  if (run !== null) return <RunTraces run={run} choice={choice} />
  return (
    <>
      <TopBar path={[{ label: 'Traces', href: routeHash('traces') }]} title={`Run ${choice.run}`} />
      {answer.status === 'failed' ? (
        <ErrorNotice
          error={answer.error}
          actions={
            <LinkButton size="small" href={routeHash('traces')}>
              All runs
            </LinkButton>
          }
        />
      ) : (
        <Bones rows={8} />
      )}
    </>
  )
}
