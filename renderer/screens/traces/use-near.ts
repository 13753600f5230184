import { useEffect, useState, type RefObject } from 'react'

/** True while an element is within a screen's height of what is seen: what is costly is drawn there and nowhere else. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const target = element.current
    if (target === null) return undefined
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      rootMargin: '800px',
    })
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
  return near
}
