import { useMemo, useSyncExternalStore } from 'react'
import { parseRoute, routeHash, type Place, type Route } from './route.ts'

const subscribe = (listener: () => void) => {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
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

/** Changes what is chosen in the present view. `replace`: not a step of its own for Back, for what changes while typing. */
export function refine(
  changes: Readonly<Record<string, string | number | undefined>>,
  { replace = true }: { readonly replace?: boolean } = {},
): void {
  const { place, path, query } = parseRoute(window.location.hash)
  const hash = routeHash(place, path, { ...query, ...changes })
  if (!replace) {
    window.location.hash = hash
    return
  }
  window.history.replaceState(null, '', hash)
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}
