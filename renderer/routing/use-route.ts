import { useMemo, useSyncExternalStore } from 'react'
import { parseRoute, routeHash, type Place, type Route } from './route.ts'

const subscribe = (listener: () => void) => {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

/** The address of what is on the screen, `#/runs/17?prompt=3`: pasted into a report it opens the same view again. */
export const viewAddress = (): string => (window.location.hash === '' ? '#/bench' : window.location.hash)

export const useViewAddress = (): string => useSyncExternalStore(subscribe, viewAddress)

export function useRoute(): Route {
  const hash = useViewAddress()
  return useMemo(() => parseRoute(hash), [hash])
}

/** Goes to an address; Back returns. */
export function go(
  place: Place,
  path: readonly (string | number)[] = [],
  query: Readonly<Record<string, string | number | undefined>> = {},
): void {
  window.location.hash = routeHash(place, path, query)
}

/** Another address for what is on the screen: no step for Back. */
export function replaceHash(hash: string): void {
  window.history.replaceState(window.history.state, '', hash)
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}

/**
 * What somebody chooses to look at: Back takes one such choice back. Everything else (what is typed letter by letter, the
 * row that j and k move, how something is drawn) is no step of its own.
 */
const steps: ReadonlySet<string> = new Set([
  'prompt',
  'hit',
  'v',
  'variant',
  'quadrant',
  'tag',
  'tab',
  'view',
  'side',
  'kind',
  'make',
  'inspect',
])

/** Changes what is chosen in the present view. `replace`: whether it is no step for Back; by default the kind of choice says. */
export function refine(
  changes: Readonly<Record<string, string | number | undefined>>,
  { replace }: { readonly replace?: boolean } = {},
): void {
  const { place, path, query } = parseRoute(window.location.hash)
  const hash = routeHash(place, path, { ...query, ...changes })
  if (hash === window.location.hash) return
  const isStep = Object.entries(changes).some(
    ([name, value]) => steps.has(name) && String(value ?? '') !== (query[name] ?? ''),
  )
  if (replace ?? !isStep) return replaceHash(hash)
  window.history.pushState(null, '', hash)
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}
