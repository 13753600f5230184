/** Frames in which sections that come into sight take their true height. */
const settleFrames = 3

/**
 * Brings the first element that matches into the middle of each pane. Sections far away have guessed heights until they are drawn, so
 * the place is looked for again as they settle. Linked scrolling stands still meanwhile.
 */
export function reveal(root: HTMLElement | null, selector: string): void {
  if (root === null) return
  root.dataset['still'] = ''
  let frames = 0
  const show = () => {
    for (const scroller of root.querySelectorAll<HTMLElement>('[data-scroller]')) {
      scroller.querySelector(selector)?.scrollIntoView({ block: 'center' })
    }
    frames += 1
    if (frames <= settleFrames) requestAnimationFrame(show)
    else delete root.dataset['still']
  }
  requestAnimationFrame(show)
}
