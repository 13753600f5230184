import { places } from '../routing/route.ts'
import { go, viewAddress } from '../routing/use-route.ts'
import { useApp, useAppStore } from '../stores/use-app.ts'
import { toggleReading } from '../text/use-reading.ts'
import { useCopy } from '../ui/use-copy.ts'
import { useActions, type Runs } from '../actions/use-actions.ts'

/** What can be done on every screen. */
export function useShellActions(): void {
  const store = useAppStore()
  const copy = useCopy()
  const { setOverlay, takeBack } = store.getState()
  const undoable = useApp((state) => state.undoable !== null)
  const theme = (name: 'system' | 'light' | 'dark') => () =>
    void store.lab['settings.set']({ theme: name }).then(() =>
      store.getState().invalidate((call) => call === 'settings.get'),
    )
  useActions('anywhere', {
    palette: () => setOverlay('palette'),
    keys: () => setOverlay('keys'),
    'new-run': () => go('runs', ['new']),
    undo: undoable ? () => void takeBack() : undefined,
    'copy-address': () => copy(viewAddress(), 'The address is copied'),
    specimen: () => go('bench', ['specimen']),
    'new-suite': () => go('suites', ['new']),
    'import-suite': () => go('suites', ['import']),
    'generate-suite': () => go('suites', ['generate']),
    pull: () => go('variants', ['catalogue']),
    make: () => go('variants', [], { make: 'yes' }),
    'turn-answers': () => toggleReading(store),
    'theme-system': theme('system'),
    'theme-light': theme('light'),
    'theme-dark': theme('dark'),
  })
  useActions('places', Object.fromEntries(places.map((place) => [place, () => go(place)])) as Runs<'places'>)
}
