import katex from 'katex'
import 'katex/dist/katex.min.css'
import { useLayoutEffect, useRef, useState } from 'react'
import { classNames } from '../../ui/class-names.ts'
import styles from './formatted.module.css'
import type { Formula } from './cut-maths.ts'
import { useSeen } from './use-seen.ts'

/**
 * A formula, set by KaTeX as elements, never as markup. Nothing in it may name an address or an attribute; what it defines ends with
 * it. Until it is near it stays as it was written. MathML is left out: it writes style attributes, which the page's policy forbids. A screen reader reads the TeX instead.
 */
export function Maths({ formula: { tex, display, source } }: { readonly formula: Formula }) {
  const place = useRef<HTMLSpanElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const seen = useSeen(place)
  useLayoutEffect(() => {
    if (seen && place.current !== null) setProblem(setFormula(place.current, tex, display))
  }, [seen, tex, display])
  if (problem !== null) {
    return (
      <code className={styles['source']} title={problem}>
        {source}
      </code>
    )
  }
  // It scrolls in itself where it is wider than its place, and then has to be reached by keyboard.
  const name = { role: 'math', 'aria-label': tex }
  return display ? (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <span className={classNames('sideways', styles['display'])} tabIndex={0} ref={place} {...name}>
      {source}
    </span>
  ) : (
    <span ref={place} {...name}>
      {source}
    </span>
  )
}

/** Null, or why it cannot be set. */
function setFormula(place: HTMLElement, tex: string, display: boolean): string | null {
  try {
    katex.render(tex, place, {
      displayMode: display,
      output: 'html',
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      maxExpand: 200,
      maxSize: 20,
    })
    return null
  } catch (error) {
    // Deeply nested groups end in a RangeError of the engine, not in KaTeX's own error: neither may take the page down.
    return error instanceof Error ? error.message : String(error)
  }
}
