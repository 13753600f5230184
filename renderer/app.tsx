import { Suspense, useEffect, useRef } from 'react'
import styles from './app.module.css'
import { useKeptScroll } from './routing/use-kept-scroll.ts'
import { useRoute } from './routing/use-route.ts'
import { DropHint } from './shell/drop-hint.tsx'
import { ErrorBoundary } from './shell/error-boundary.tsx'
import { listenToHost } from './shell/host-commands.ts'
import { KeysSheet } from './shell/keys-sheet.tsx'
import { NoSuchView } from './shell/no-such-view.tsx'
import { Palette } from './shell/palette.tsx'
import { Rail } from './shell/rail.tsx'
import { prefetchScreens, screens } from './shell/screens.ts'
import { StatusBar } from './shell/status-bar.tsx'
import { UndoBar } from './shell/undo-bar.tsx'
import { useDroppedFiles } from './shell/use-dropped-files.ts'
import { useShellActions } from './shell/use-shell-actions.ts'
import { dataOf } from './stores/loadable.ts'
import { useApp, useAppStore, useLab } from './stores/use-app.ts'
import { Bones } from './ui/region.tsx'

export function App() {
  const route = useRoute()
  const store = useAppStore()
  const screen = useRef<HTMLElement>(null)
  const theme = dataOf(useLab('settings.get', {}))?.theme ?? 'system'
  const Screen = screens[route.place]
  useShellActions()
  useDroppedFiles()
  useKeptScroll(screen)
  usePrefetch()
  useEffect(() => listenToHost(store), [store])
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
  return (
    <div className={styles['frame']}>
      <Rail
        current={route.unknown === null ? route.place : null}
        toReview={dataOf(useLab('lab.info', {}))?.toReview ?? 0}
      />
      <main ref={screen} className={styles['screen']}>
        <ErrorBoundary resetKey={window.location.hash}>
          <Suspense fallback={<Bones />}>
            {route.unknown === null ? <Screen route={route} /> : <NoSuchView name={route.unknown} />}
          </Suspense>
        </ErrorBoundary>
      </main>
      <StatusBar />
      <Palette />
      <KeysSheet />
      <UndoBar />
      <DropHint />
    </div>
  )
}

function usePrefetch(): void {
  const store = useAppStore()
  const isOpen = useApp((state) => state.connection === 'open')
  useEffect(() => {
    if (isOpen) void prefetchScreens(() => store.getState().connection === 'open')
  }, [store, isOpen])
}
