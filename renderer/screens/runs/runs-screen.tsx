import type { Route } from '../../routing/route.ts'
import { routeHash } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/region.tsx'
import { RunList } from './list/run-list.tsx'
import { RunSetup } from './setup/run-setup.tsx'
import { RunView } from './watch/run-view.tsx'

/** `#/runs`: all of them. `#/runs/new`: set one up. `#/runs/17`: watch it, and what it left behind. */
export function RunsScreen({ route }: { readonly route: Route }) {
  const [first] = route.path
  if (first === undefined) return <RunList route={route} />
  if (first === 'new') return <RunSetup route={route} />
  const id = Number(first)
  // A run of its own: nothing of the one before may stay on the screen.
  if (Number.isSafeInteger(id) && id > 0) return <RunView key={id} id={id} route={route} />
  return (
    <>
      <TopBar path={[{ label: 'Runs', href: routeHash('runs') }]} title={first} />
      <EmptyState
        what={`“${first}” is not the number of a run.`}
        actions={<LinkButton href={routeHash('runs')}>All runs</LinkButton>}
      />
    </>
  )
}
