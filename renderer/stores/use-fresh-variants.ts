import { useEffect } from 'react'
import { useAppStore } from './use-app.ts'

const lookEveryMs = 10_000
/** Coming back to a window is told twice, as focus and as being visible. */
const onceWithinMs = 1000

/**
 * Other programs pull, delete, load and unload too: while a list of variants is shown, it is asked for anew now and then,
 * and at once when somebody comes back to the window. What is shown stays until the answer is there.
 */
export function useFreshVariants(): void {
  const store = useAppStore()
  useEffect(() => {
    let lookedAt = Number.NEGATIVE_INFINITY
    const look = () => {
      if (document.visibilityState !== 'visible' || performance.now() - lookedAt < onceWithinMs) return
      lookedAt = performance.now()
      store.getState().invalidate((name) => name === 'variants.list' || name === 'variants.fit')
    }
    const timer = setInterval(look, lookEveryMs)
    window.addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      window.removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [store])
}
