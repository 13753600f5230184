import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import styles from './confirm-dialog.module.css'

/** Asks before something that cannot be taken back. What can be is done at once and offers an undo instead. */
export function ConfirmDialog({
  open,
  question,
  consequence,
  action,
  onConfirm,
  onClose,
}: {
  readonly open: boolean
  readonly question: string
  readonly consequence: ReactNode
  /** The verb on the button that does it. */
  readonly action: string
  readonly onConfirm: () => void
  readonly onClose: () => void
}) {
  const confirm = () => {
    onClose()
    onConfirm()
  }
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles['scrim']} />
        <AlertDialog.Popup className={styles['dialog']}>
          <AlertDialog.Title render={<h2 />}>{question}</AlertDialog.Title>
          <AlertDialog.Description render={<p />}>{consequence}</AlertDialog.Description>
          <div className={styles['buttons']}>
            <AlertDialog.Close render={<Button>Keep</Button>} />
            <Button kind="danger" onClick={confirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
