import { useEffect, useState, type RefObject } from 'react'

/** True once an element has come near what is seen. An answer may hold hundreds of formulas, and each takes milliseconds to set. */
export function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(typeof IntersectionObserver === 'undefined')
  useEffect(() => {
    const target = element.current
    if (target === null || seen) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true)
      },
      // What scrolls takes the focus; the margin counts from its edges.
      { root: target.parentElement?.closest('[tabindex="0"]') ?? null, rootMargin: '600px' },
    )
    observer.observe(target)
    return () => observer.disconnect()
  }, [element, seen])
  return seen
}
