import type { Page } from 'playwright-core'

/**
 * Controls that nobody can reach with a pointer: beyond the edge of the window, or of a part that cuts off what it has no room for.
 * What scrolls can be brought into sight, and a link cut by an ellipsis can still be pressed.
 */
export const lostControls = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const scrolls = new Set(['auto', 'scroll'])
    const lost: string[] = []
    for (const control of document.querySelectorAll('button, input, select, textarea, a[href], summary')) {
      const { left, right, width, height } = control.getBoundingClientRect()
      if (width < 2 || height < 2) continue
      let limit = Number.POSITIVE_INFINITY
      let part = control.parentElement
      while (part !== null) {
        const { overflowX, textOverflow } = getComputedStyle(part)
        if (scrolls.has(overflowX)) break
        const cuts = (overflowX === 'hidden' || overflowX === 'clip') && textOverflow !== 'ellipsis'
        if (cuts) limit = Math.min(limit, part.getBoundingClientRect().right)
        part = part.parentElement
      }
      if (part === null) limit = Math.min(limit, window.innerWidth)
      if (right <= limit + 1) continue
      const name = control.getAttribute('aria-label') ?? control.textContent.trim()
      lost.push(
        `${control.tagName.toLowerCase()} “${name}” from ${Math.round(left)} to ${Math.round(right)}, seen up to ${Math.round(limit)}`,
      )
    }
    return lost
  })
