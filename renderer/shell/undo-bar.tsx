import { useEffect } from 'react'
import { useApp } from '../stores/use-app.ts'
import { Button } from '../ui/button.tsx'
import { keyText } from '../actions/actions.ts'
import styles from './overlays.module.css'

/** How long something can be taken back with one click. */
const undoMs = 10_000
/** How long a word stands: long enough to be read, a warning longer. */
const saidMs = { done: 1600, warn: 8000 }

/**
 * Says what was just done, and takes back what can be. Errors never come here: they stand where they happened. The box is
 * always there, since a screen reader tells only of what changes in it.
 */
export function UndoBar() {
  return (
    <div className={styles['words']} role="status">
      <SaidWord />
      <UndoOffer />
    </div>
  )
}

function SaidWord() {
  const said = useApp((state) => state.said)
  const unsay = useApp((state) => state.unsay)
  useEffect(() => {
    if (said === null) return undefined
    const timer = setTimeout(() => unsay(said.id), saidMs[said.tone])
    return () => clearTimeout(timer)
  }, [said, unsay])
  return said === null ? null : <div className={styles['undo']}>{said.text}</div>
}

function UndoOffer() {
  const undoable = useApp((state) => state.undoable)
  const forget = useApp((state) => state.forgetUndo)
  const takeBack = useApp((state) => state.takeBack)
  useEffect(() => {
    if (undoable === null) return undefined
    const timer = setTimeout(() => forget(undoable.id), undoMs)
    return () => clearTimeout(timer)
  }, [undoable, forget])
  if (undoable === null) return null
  return (
    <div className={styles['undo']}>
      <span className="clip" title={undoable.text}>
        {undoable.text}
      </span>
      <Button size="small" hotkey={keyText('$mod+z')} onClick={() => void takeBack()}>
        Undo
      </Button>
    </div>
  )
}
