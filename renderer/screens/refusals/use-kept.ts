import { useState } from 'react'
import { dataOf, type Loadable } from '../../stores/loadable.ts'

/** The last answer while the next one is on its way: moving through a list does not blink. */
export function useKept<T>(loadable: Loadable<T>): T | null {
  const [kept, setKept] = useState<T | null>(null)
  const fresh = dataOf(loadable)
  // Kept while rendering, not in an effect: nothing is drawn twice.
  if (fresh !== null && kept !== fresh) setKept(fresh)
  return fresh ?? kept
}
