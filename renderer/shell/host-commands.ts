import { places } from '../routing/route.ts'
import { go } from '../routing/use-route.ts'
import type { AppStore } from '../stores/app-store.ts'

/** Obeys the desktop's application menu. Unknown commands are left alone: an older page may meet a newer menu. */
export function listenToHost(store: AppStore): () => void {
  const onCommand = (event: Event) => {
    const command = event instanceof CustomEvent ? String(event.detail) : ''
    const place = places.find((candidate) => command === `go:${candidate}`)
    if (place !== undefined) go(place)
    else if (command === 'go:new-run') go('runs', ['new'])
    else if (command === 'import') go('suites', ['import'])
    else if (command === 'palette' || command === 'keys') store.getState().setOverlay(command)
  }
  window.addEventListener('assay:command', onCommand)
  return () => window.removeEventListener('assay:command', onCommand)
}
