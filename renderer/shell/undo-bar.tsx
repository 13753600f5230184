import { useEffect, useState } from 'react'
import { useApp } from '../stores/use-app.ts'
import { Button } from '../ui/button.tsx'
import styles from './overlays.module.css'

/** How long something can be taken back with one click. */
const undoMs = 10_000

/** Says what was just done and takes it back. Errors never come here: they stand where they happened. */
export function UndoBar() {
  const undoable = useApp((state) => state.undoable)
  const forget = useApp((state) => state.forgetUndo)
  const [failed, setFailed] = useState<number | null>(null)
  useEffect(() => {
    if (undoable === null) return undefined
    const timer = setTimeout(() => forget(undoable.id), undoMs)
    return () => clearTimeout(timer)
  }, [undoable, forget])
  if (undoable === null) return null
  const undo = () => {
    undoable.undo().then(
      () => forget(undoable.id),
      () => setFailed(undoable.id),
    )
  }
  return (
    <div className={styles['undo']} role="status">
      {failed === undoable.id ? 'That could not be taken back.' : undoable.text}
      <Button size="small" onClick={undo}>
        Undo
      </Button>
    </div>
  )
}
