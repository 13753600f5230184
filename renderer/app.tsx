import { lazy, Suspense, useEffect, type ComponentType } from 'react'
import styles from './app.module.css'
import type { Place, Route } from './routing/route.ts'
import { useRoute } from './routing/use-route.ts'
import { ErrorBoundary } from './shell/error-boundary.tsx'
import { listenToHost } from './shell/host-commands.ts'
import { KeysSheet } from './shell/keys-sheet.tsx'
import { Palette } from './shell/palette.tsx'
import { Rail } from './shell/rail.tsx'
import { StatusBar } from './shell/status-bar.tsx'
import { UndoBar } from './shell/undo-bar.tsx'
import { useShellKeys } from './shell/use-shell-keys.ts'
import { dataOf } from './stores/loadable.ts'
import { useAppStore, useLab } from './stores/use-app.ts'
import { Bones } from './ui/region.tsx'

/** Each screen is loaded when it is first opened: the first paint needs one of them. */
const screens: Readonly<Record<Place, ComponentType<{ readonly route: Route }>>> = {
  bench: lazy(async () => ({ default: (await import('./screens/bench/bench-screen.tsx')).BenchScreen })),
  variants: lazy(async () => ({ default: (await import('./screens/variants/variants-screen.tsx')).VariantsScreen })),
  suites: lazy(async () => ({ default: (await import('./screens/suites/suites-screen.tsx')).SuitesScreen })),
  runs: lazy(async () => ({ default: (await import('./screens/runs/runs-screen.tsx')).RunsScreen })),
  compare: lazy(async () => ({ default: (await import('./screens/compare/compare-screen.tsx')).CompareScreen })),
  traces: lazy(async () => ({ default: (await import('./screens/traces/traces-screen.tsx')).TracesScreen })),
  refusals: lazy(async () => ({ default: (await import('./screens/refusals/refusals-screen.tsx')).RefusalsScreen })),
  settings: lazy(async () => ({ default: (await import('./screens/settings/settings-screen.tsx')).SettingsScreen })),
}

export function App() {
  const route = useRoute()
  const store = useAppStore()
  const theme = dataOf(useLab('settings.get', {}))?.theme ?? 'system'
  const Screen = screens[route.place]
  useShellKeys()
  useEffect(() => listenToHost(store), [store])
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
  return (
    <div className={styles['frame']}>
      <Rail current={route.place} toReview={dataOf(useLab('lab.info', {}))?.toReview ?? 0} />
      <main className={styles['screen']}>
        <ErrorBoundary resetKey={window.location.hash}>
          <Suspense fallback={<Bones />}>
            <Screen route={route} />
          </Suspense>
        </ErrorBoundary>
      </main>
      <StatusBar />
      <Palette />
      <KeysSheet />
      <UndoBar />
    </div>
  )
}
