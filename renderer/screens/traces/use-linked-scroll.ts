import { useEffect, type RefObject } from 'react'

/** What lines up: each step of the thinking, and the answer. */
const anchorSelector = '[data-anchor]'

/**
 * Scrolls all panes below `root` together, step by step: where one pane shows the middle of its third step, the others show the
 * middle of theirs, however long each is. The pane that is touched leads; the others follow and never lead back.
 */
export function useLinkedScroll(root: RefObject<HTMLElement | null>, linked: boolean): void {
  useEffect(() => {
    const element = root.current
    if (element === null || !linked) return undefined
    let leader: Element | null = null
    let frame = 0
    const lead = (event: Event) => {
      leader = event.target instanceof Element ? event.target.closest('[data-scroller]') : null
    }
    const follow = (event: Event) => {
      const from = event.target
      if (!(from instanceof HTMLElement) || from !== leader || element.dataset['still'] !== undefined) return
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        for (const other of element.querySelectorAll<HTMLElement>('[data-scroller]')) {
          if (other !== from) align(from, other)
        }
      })
    }
    const leads = ['wheel', 'pointerdown', 'touchstart', 'keydown', 'focusin'] as const
    for (const name of leads) element.addEventListener(name, lead, { passive: true, capture: true })
    element.addEventListener('scroll', follow, { passive: true, capture: true })
    return () => {
      cancelAnimationFrame(frame)
      for (const name of leads) element.removeEventListener(name, lead, { capture: true })
      element.removeEventListener('scroll', follow, { capture: true })
    }
  }, [root, linked])
}

/** Brings the same place of the same step to the top of another pane. */
export function align(from: HTMLElement, to: HTMLElement): void {
  const end = from.scrollHeight - from.clientHeight
  // At its very end a pane shows the answer: so do the others, however much longer they are.
  if (from.scrollTop >= end - 1) {
    to.scrollTop = to.scrollHeight
    return
  }
  const anchors = [...from.querySelectorAll<HTMLElement>(anchorSelector)]
  const at = anchors.findLast((anchor) => placeIn(from, anchor).top <= from.scrollTop)
  if (at === undefined) {
    to.scrollTop = from.scrollTop
    return
  }
  const { top, height } = placeIn(from, at)
  const within = Math.min(1, (from.scrollTop - top) / Math.max(1, height))
  const others = [...to.querySelectorAll<HTMLElement>(anchorSelector)]
  const steps = others.filter(({ dataset }) => dataset['anchor'] !== 'answer')
  const partner = others.find(({ dataset }) => dataset['anchor'] === at.dataset['anchor']) ?? steps.at(-1) ?? others[0]
  if (partner === undefined) return
  const there = placeIn(to, partner)
  to.scrollTop = there.top + within * there.height
}

/** Where an anchor lies in the text of its pane, whatever it is positioned by. */
function placeIn(scroller: HTMLElement, anchor: HTMLElement): { readonly top: number; readonly height: number } {
  const [outer, inner] = [scroller.getBoundingClientRect(), anchor.getBoundingClientRect()]
  return { top: inner.top - outer.top - scroller.clientTop + scroller.scrollTop, height: inner.height }
}
