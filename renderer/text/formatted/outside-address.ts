/**
 * An address that may be opened outside of the lab, in full and with every sign that is not plain escaped; null for any other.
 * `secure`: only https, as the desktop's host has it.
 */
export function outsideAddress(raw: string, { secure }: { readonly secure: boolean }): string | null {
  if (!URL.canParse(raw)) return null
  const url = new URL(raw)
  return url.protocol === 'https:' || (url.protocol === 'http:' && !secure) ? url.href : null
}
