import { useEffect, useState, type RefObject } from 'react'

/** True while an element is within a screen's height of what is seen: what is costly is drawn there and nowhere else. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const target = element.current
    if (target === null) return undefined
    // What is skipped by `content-visibility` has no place of its own: the section around it is watched.
    const watched = target.closest('[data-anchor]') ?? target
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      root: target.closest('[data-scroller]'),
      rootMargin: '600px',
    })
    observer.observe(watched)
    return () => observer.disconnect()
  }, [element])
  return near
}
