import { places } from '../routing/route.ts'
import { go } from '../routing/use-route.ts'
import type { AppStore } from '../stores/app-store.ts'

const processStates = { 'lab:started': 'up', 'lab:restarting': 'restarting', 'lab:down': 'down' } as const

/** Obeys the desktop's application menu, and hears how the lab's process is. Unknown commands are left alone: an older page may meet a newer menu. */
export function listenToHost(store: AppStore): () => void {
  const onCommand = (event: Event) => {
    const command = event instanceof CustomEvent ? String(event.detail) : ''
    const process = Object.entries(processStates).find(([name]) => name === command)?.[1]
    const place = places.find((candidate) => command === `go:${candidate}`)
    if (process !== undefined) store.getState().setLabProcess(process)
    else if (place !== undefined) go(place)
    else if (command === 'go:new-run') go('runs', ['new'])
    else if (command === 'import') go('suites', ['import'])
    else if (command === 'palette' || command === 'keys') store.getState().setOverlay(command)
  }
  window.addEventListener('assay:command', onCommand)
  return () => window.removeEventListener('assay:command', onCommand)
}
