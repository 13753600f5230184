import { useState } from 'react'
import { dataOf, type Loadable } from '../../stores/loadable.ts'

/**
 * The last data of a question whose input changes while somebody plays with a control: shown, marked as old, until the new
 * answer is there. `scope`: data of another scope is never shown.
 */
export function useKept<T>(
  loadable: Loadable<T>,
  scope: string | number,
): { readonly data: T | null; readonly old: boolean } {
  const [kept, setKept] = useState<{ readonly scope: string | number; readonly data: T } | null>(null)
  const fresh = dataOf(loadable)
  // Kept while rendering, not in an effect: nothing is drawn twice.
  if (fresh !== null && (kept?.data !== fresh || kept.scope !== scope)) setKept({ scope, data: fresh })
  if (fresh !== null) return { data: fresh, old: false }
  return { data: kept !== null && kept.scope === scope ? kept.data : null, old: true }
}
