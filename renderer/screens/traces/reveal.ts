import { align } from './use-linked-scroll.ts'

/** Frames in which sections that come into sight take their true height. */
const settleFrames = 3
/** Pixels: an element this near to the top of its pane is the one that is read. */
const atTop = 8

interface Linking {
  readonly linked: boolean
}

/**
 * Brings the first element that matches into the middle of each pane. Linked panes without such an element follow the first that
 * has one.
 */
export function reveal(root: HTMLElement | null, selector: string, { linked }: Linking): void {
  settle(root, (scrollers) => {
    const holding = scrollers.filter((scroller) => scroller.querySelector(selector) !== null)
    for (const scroller of holding) scroller.querySelector(selector)?.scrollIntoView({ block: 'center' })
    if (linked) follow(holding[0], scrollers, holding)
  })
}

/** Brings the next element that matches to the top of the pane that has the focus, or of the first that has any; round at the end. */
export function revealNext(root: HTMLElement | null, selector: string, { linked }: Linking): void {
  const scrollers = scrollersOf(root).filter((scroller) => scroller.querySelector(selector) !== null)
  const scroller = scrollers.find((one) => one.contains(document.activeElement)) ?? scrollers[0]
  if (scroller === undefined) return
  const found = [...scroller.querySelectorAll<HTMLElement>(selector)]
  const depth = (element: HTMLElement) => element.getBoundingClientRect().top - scroller.getBoundingClientRect().top
  // At its end a pane cannot bring an element to its top: what is seen there has been gone to.
  const ended = scroller.scrollTop >= scroller.scrollHeight - scroller.clientHeight - 1
  const next = ended ? found[0] : (found.find((element) => depth(element) > atTop) ?? found[0])
  if (next === undefined) return
  settle(root, (all) => {
    scroller.scrollTop += depth(next)
    if (linked) follow(scroller, all, [scroller])
  })
}

const scrollersOf = (root: HTMLElement | null): readonly HTMLElement[] => [
  ...(root?.querySelectorAll<HTMLElement>('[data-scroller]') ?? []),
]

function follow(leader: HTMLElement | undefined, all: readonly HTMLElement[], led: readonly HTMLElement[]): void {
  if (leader !== undefined) for (const other of all) if (!led.includes(other)) align(leader, other)
}

/** Sections far away have guessed heights until they are drawn: the place is looked for again as they settle. */
function settle(root: HTMLElement | null, show: (scrollers: readonly HTMLElement[]) => void): void {
  if (root === null) return
  root.dataset['still'] = ''
  let frames = 0
  const step = () => {
    show(scrollersOf(root))
    frames += 1
    if (frames <= settleFrames) requestAnimationFrame(step)
    else delete root.dataset['still']
  }
  requestAnimationFrame(step)
}
