import { useEffect, useLayoutEffect, useState, type RefObject } from 'react'
import { cellTokenNames, type CellColours } from './cell-colours.ts'

export interface Colours {
  readonly cells: CellColours
  /** One a row: the colour of its precision. */
  readonly rows: readonly string[]
}

/** What the tokens are in the present theme, read from elements that wear them; anew when the theme or the rows change. */
export function useColours(probes: RefObject<HTMLElement | null>, rows: string): Colours | null {
  const [colours, setColours] = useState<Colours | null>(null)
  const [theme, setTheme] = useState(0)
  useLayoutEffect(() => {
    const worn = [...(probes.current?.children ?? [])].map((probe) => getComputedStyle(probe).color)
    const entries = cellTokenNames.map((name, index) => [name, worn[index] ?? 'currentcolor'])
    // What a theme makes of a token can only be read from the page, once it is laid out.
    // oxlint-disable-next-line react/set-state-in-effect
    setColours({ cells: Object.fromEntries(entries) as CellColours, rows: worn.slice(cellTokenNames.length) })
  }, [probes, theme, rows])
  useEffect(() => {
    const changed = () => setTheme((before) => before + 1)
    const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((text) => window.matchMedia(text))
    for (const query of queries) query.addEventListener('change', changed)
    const forced = new MutationObserver(changed)
    forced.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      for (const query of queries) query.removeEventListener('change', changed)
      forced.disconnect()
    }
  }, [])
  return colours
}
