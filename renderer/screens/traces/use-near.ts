import { useEffect, useState, type RefObject } from 'react'

/** True once an element has come within a screen's height of what is seen: what is costly is drawn from then on. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const target = element.current
    if (target === null || near) return undefined
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      {
        rootMargin: '800px',
      },
    )
    observer.observe(target)
    return () => observer.disconnect()
  }, [element, near])
  return near
}
