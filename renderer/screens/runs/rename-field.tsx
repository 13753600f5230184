import { useEffect, useRef, useState } from 'react'
import styles from './rename-field.module.css'

/** A name edited where it stands: Enter or leaving keeps it, Escape does not. */
export function RenameField({
  name,
  onRename,
  onClose,
}: {
  readonly name: string
  readonly onRename: (name: string) => void
  readonly onClose: () => void
}) {
  const [text, setText] = useState(name)
  const input = useRef<HTMLInputElement>(null)
  // Moving the focus away ends the editing a second time.
  const settled = useRef(false)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])

  const settle = (how: 'keep' | 'drop') => {
    if (settled.current) return
    settled.current = true
    const next = text.trim()
    if (how === 'keep' && next !== '' && next !== name) onRename(next)
    onClose()
    input.current?.closest<HTMLElement>('[role=grid]')?.focus()
  }
  return (
    <input
      ref={input}
      className={styles['rename']}
      aria-label="New name of the run"
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onBlur={() => settle('keep')}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') settle('keep')
        else if (event.key === 'Escape') settle('drop')
      }}
    />
  )
}
