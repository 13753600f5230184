import { useState, type ReactNode } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import styles from './formatted.module.css'
import { outsideAddress } from './outside-address.ts'

/** A link that a model wrote: a button, so that no click, middle click or drag opens it without the question. */
export function OutsideLink({ written, children }: { readonly written: string; readonly children: ReactNode }) {
  const [asking, setAsking] = useState(false)
  // The window's host asks by itself, in a dialog that no page can draw over.
  const hostAsks = window.assayHost !== undefined
  const address = outsideAddress(written, { secure: hostAsks })
  if (address === null) {
    return (
      <>
        {children} <code className={styles['source']}>({written})</code>
      </>
    )
  }
  const open = () => window.open(address, '_blank', 'noopener,noreferrer')
  return (
    <>
      <button
        type="button"
        className={styles['link']}
        title={address}
        onClick={() => (hostAsks ? open() : setAsking(true))}
      >
        {children}
      </button>
      <ConfirmDialog
        open={asking}
        question="Open this address outside of the lab?"
        consequence={
          <>
            <code className={styles['address']}>{address}</code> A model wrote it. Whoever answers there sees that you
            came.
          </>
        }
        action="Open"
        onConfirm={open}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
