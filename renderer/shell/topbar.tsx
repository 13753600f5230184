import { Search } from 'lucide-react'
import { Fragment, useEffect, type ReactNode } from 'react'
import { useViewAddress } from '../routing/use-route.ts'
import { useApp } from '../stores/use-app.ts'
import { Button } from '../ui/button.tsx'
import { useCopy } from '../ui/use-copy.ts'
import { keyText } from '../actions/actions.ts'
import styles from './topbar.module.css'

export interface Crumb {
  readonly label: string
  readonly href: string
}

/** Path, title, the view's address, the screen's own actions, and the palette. Every screen begins with one. */
export function TopBar({
  path = [],
  title,
  actions,
}: {
  readonly path?: readonly Crumb[]
  readonly title: string
  readonly actions?: ReactNode
}) {
  const setOverlay = useApp((state) => state.setOverlay)
  const copy = useCopy()
  const paletteKeys = keyText('$mod+k')
  const address = useViewAddress()
  const name = [...path.map(({ label }) => label), title].join(', ')
  useEffect(() => {
    document.title = `${name} – Assay`
  }, [name])
  return (
    <header className={styles['topbar']}>
      <div className={styles['crumbs']}>
        {path.map(({ label, href }) => (
          <Fragment key={href}>
            <a href={href}>{label}</a>
            <i aria-hidden="true">/</i>
          </Fragment>
        ))}
        <h1 title={title}>{title}</h1>
      </div>
      <button
        type="button"
        className={styles['address']}
        title="Copy the address of this view"
        onClick={() => copy(address, 'The address is copied')}
      >
        {address}
      </button>
      <div className="row end">
        {actions}
        <Button
          kind="quiet"
          aria-label={`Command palette, ${paletteKeys}`}
          hotkey={paletteKeys}
          onClick={() => setOverlay('palette')}
        >
          <Search aria-hidden />
        </Button>
      </div>
    </header>
  )
}
