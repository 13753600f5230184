import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import { places } from '../routing/route.ts'
import { go } from '../routing/use-route.ts'
import { useAppStore } from '../stores/use-app.ts'
import { placeKeys } from './commands.ts'

/** True while somebody types: then a letter is a letter. */
export const isTyping = (event: Event): boolean =>
  event.target instanceof HTMLElement &&
  event.target.closest('input, textarea, select, [contenteditable=true], [role=textbox]') !== null

/** The keys that work on every screen. */
export function useShellKeys(): void {
  const store = useAppStore()
  useEffect(() => {
    const { setOverlay } = store.getState()
    const unlessTyping = (action: () => void) => (event: KeyboardEvent) => {
      if (isTyping(event) || store.getState().overlay !== null) return
      event.preventDefault()
      action()
    }
    const goKeys = Object.fromEntries(places.map((place) => [`g ${placeKeys[place]}`, unlessTyping(() => go(place))]))
    return tinykeys(window, {
      '$mod+k': (event) => {
        event.preventDefault()
        setOverlay('palette')
      },
      'Shift+?': unlessTyping(() => setOverlay('keys')),
      n: (event) => {
        // In traces `n` is the next hit of a search.
        if (!window.location.hash.startsWith('#/traces')) unlessTyping(() => go('runs', ['new']))(event)
      },
      ...goKeys,
    })
  }, [store])
}
