/** The eight places of the rail, in order. */
export const places = ['bench', 'variants', 'suites', 'runs', 'compare', 'traces', 'refusals', 'settings'] as const
export type Place = (typeof places)[number]

/**
 * Where in the lab one is: a place, the path below it, and what is chosen there. Every view has such an address, and an
 * address opens the same view again: `#/compare/17?variant=3&quadrant=lost`.
 */
export interface Route {
  readonly place: Place
  /** What stands there instead of a place; null where the place is one. */
  readonly unknown: string | null
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

export function parseRoute(hash: string): Route {
  const [pathPart = '', queryPart = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [first, ...path] = pathPart
    .split('/')
    .filter((part) => part !== '')
    .map(safeDecode)
  const place = places.find((candidate) => candidate === first) ?? 'bench'
  const unknown = first === undefined || first === place ? null : first
  return { place, unknown, path, query: Object.fromEntries(new URLSearchParams(queryPart)) }
}

/** Empty and undefined values of the query are left out. */
export function routeHash(
  place: Place,
  path: readonly (string | number)[] = [],
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString()
  const whole = [place, ...path.map((part) => encodeURIComponent(String(part)))].join('/')
  return `#/${whole}${search === '' ? '' : `?${search}`}`
}

/** A number as an address holds it; null for what is no whole number of zero or more. */
export const wholeNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
