/** The page's own scheme: `file:` would give it more rights than it needs. */
export const pageScheme = 'app'
const pageHost = 'lab'
export const pageUrl = `${pageScheme}://${pageHost}/`

/**
 * Whether an address is the page's own. Custom schemes have the origin `null`, so scheme and host are compared, parsed and
 * not by prefix. `devUrl`: where the development server is, in a build that is not packaged.
 */
export function isPageUrl(raw: string, devUrl: string | null): boolean {
  if (!URL.canParse(raw)) return false
  const url = new URL(raw)
  if (devUrl !== null) return url.origin === new URL(devUrl).origin
  return url.protocol === `${pageScheme}:` && url.host === pageHost
}
