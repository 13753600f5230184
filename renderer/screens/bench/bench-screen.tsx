import type { Route } from '../../routing/route.ts'
import { routeHash } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { useFreshVariants } from '../../stores/use-fresh-variants.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Bones, ErrorNotice, Split } from '../../ui/region.tsx'
import styles from './bench.module.css'
import { EngineList } from './engine-list.tsx'
import { FirstRun } from './first-run.tsx'
import { RecentRuns } from './recent-runs.tsx'
import { ReviewNote } from './review-note.tsx'
import { Trial } from './trial.tsx'

/** Home: what was found, the one thing to do first, what has been measured, and a box for one prompt. */
export function BenchScreen({ route }: { readonly route: Route }) {
  useFreshVariants()
  const runs = useLab('runs.list', {})
  const known = dataOf(runs)
  // The first run keeps a place of its own when it is no longer the first.
  const specimen = route.path[0] === 'specimen'
  return (
    <>
      <TopBar
        {...(specimen
          ? { path: [{ label: 'Bench', href: routeHash('bench') }], title: 'Specimen' }
          : { title: 'Bench' })}
        actions={<LinkButton href={routeHash('runs', ['new'])}>New run</LinkButton>}
      />
      <div className={styles['view']}>
        <Split className={styles['bench']}>
          <div className={styles['main']}>
            {runs.status === 'failed' && <ErrorNotice error={runs.error} />}
            {known === null && runs.status !== 'failed' && <Bones rows={8} />}
            {known !== null && (known.length === 0 || specimen) && <FirstRun runs={known} />}
            {known !== null && known.length > 0 && !specimen && <RecentRuns runs={known} asked={route.query['run']} />}
          </div>
          <Trial text={route.query['prompt'] ?? ''} />
          <aside className={styles['side']}>
            <EngineList />
            <ReviewNote />
          </aside>
        </Split>
      </div>
    </>
  )
}
