import { useEffect, useLayoutEffect, useState, type RefObject } from 'react'
import { cellTokenNames, type CellColours } from './cell-colours.ts'

/** What the tokens are in the present theme, read from elements that wear them; anew when the theme changes. */
export function useColours(probes: RefObject<HTMLElement | null>): CellColours | null {
  const [colours, setColours] = useState<CellColours | null>(null)
  const [theme, setTheme] = useState(0)
  useLayoutEffect(() => {
    const worn = [...(probes.current?.children ?? [])]
    const entries = cellTokenNames.map((name, index) => {
      const probe = worn[index]
      return [name, probe === undefined ? 'currentcolor' : getComputedStyle(probe).color]
    })
    setColours(Object.fromEntries(entries) as CellColours)
  }, [probes, theme])
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
