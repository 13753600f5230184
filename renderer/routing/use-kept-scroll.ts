import { useEffect, type RefObject } from 'react'

/** How long content may take to come back before its place is given up. */
const patienceMs = 3000

type Tops = Map<string, number>

/** What scrolls on a screen, by name: screens come and go, and their elements with them. */
function nameOf(root: HTMLElement, element: Element): string {
  const alike = [...root.getElementsByClassName(element.className)]
  return `${element.className} ${alike.indexOf(element)}`
}

const found = (root: HTMLElement, name: string): Element | undefined => {
  const at = name.lastIndexOf(' ')
  return root.getElementsByClassName(name.slice(0, at))[Number(name.slice(at + 1))]
}

const entryOf = (state: unknown): number | null =>
  typeof state === 'object' && state !== null && 'entry' in state && typeof state.entry === 'number'
    ? state.entry
    : null

/** Keeps how far an address was scrolled, and scrolls there again when Back or Forward comes to it. */
export function useKeptScroll(screen: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = screen.current
    if (root === null) return undefined
    const kept = new Map<number, Tops>()
    let last = Date.now()
    let current = 0
    let stop = () => {}
    const arrive = () => {
      stop()
      const known = entryOf(window.history.state)
      current = known ?? (last += 1)
      if (known === null) window.history.replaceState({ entry: current }, '')
      else stop = scrollBack(root, kept.get(current) ?? new Map())
    }
    const onScroll = ({ target }: Event) => {
      if (!(target instanceof HTMLElement) || target.className === '' || !root.contains(target)) return
      const tops = kept.get(current) ?? new Map<string, number>()
      kept.set(current, tops.set(nameOf(root, target), target.scrollTop))
    }
    arrive()
    root.addEventListener('scroll', onScroll, { capture: true, passive: true })
    window.addEventListener('hashchange', arrive)
    return () => {
      stop()
      root.removeEventListener('scroll', onScroll, { capture: true })
      window.removeEventListener('hashchange', arrive)
    }
  }, [screen])
}

/** Tries with every frame until each place is reached: content comes from the lab. Whoever scrolls meanwhile is left alone. */
function scrollBack(root: HTMLElement, tops: Tops): () => void {
  const left = new Map(tops)
  const untilMs = performance.now() + patienceMs
  let frame = 0
  const stop = () => {
    cancelAnimationFrame(frame)
    root.removeEventListener('wheel', stop)
    root.removeEventListener('keydown', stop)
    root.removeEventListener('pointerdown', stop)
  }
  const look = () => {
    for (const [name, top] of left) {
      const element = found(root, name)
      if (element === undefined || element.scrollHeight - element.clientHeight < top) continue
      element.scrollTop = top
      left.delete(name)
    }
    if (left.size === 0 || performance.now() > untilMs) stop()
    else frame = requestAnimationFrame(look)
  }
  root.addEventListener('wheel', stop, { passive: true })
  root.addEventListener('keydown', stop)
  root.addEventListener('pointerdown', stop)
  frame = requestAnimationFrame(look)
  return stop
}
