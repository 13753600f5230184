import { align } from './use-linked-scroll.ts'

/** Frames in which sections that come into sight take their true height. */
const settleFrames = 3

/**
 * Brings the first element that matches into the middle of each pane. Sections far away have guessed heights until they are drawn, so
 * the place is looked for again as they settle. Linked panes without such an element follow the first that has one.
 */
export function reveal(root: HTMLElement | null, selector: string, { linked }: { readonly linked: boolean }): void {
  if (root === null) return
  root.dataset['still'] = ''
  let frames = 0
  const show = () => {
    const scrollers = [...root.querySelectorAll<HTMLElement>('[data-scroller]')]
    const holding = scrollers.filter((scroller) => scroller.querySelector(selector) !== null)
    for (const scroller of holding) scroller.querySelector(selector)?.scrollIntoView({ block: 'center' })
    const [leader] = holding
    const others = scrollers.filter((scroller) => !holding.includes(scroller))
    if (linked && leader !== undefined) for (const other of others) align(leader, other)
    frames += 1
    if (frames <= settleFrames) requestAnimationFrame(show)
    else delete root.dataset['still']
  }
  requestAnimationFrame(show)
}
