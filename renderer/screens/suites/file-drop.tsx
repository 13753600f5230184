import { useState, type DragEvent, type ReactNode } from 'react'
import styles from './suites.module.css'

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files')

/** Takes files that are dropped anywhere on the screen. The same is done by the file picker of Import. */
export function FileDrop({
  onFiles,
  children,
}: {
  readonly onFiles: (files: readonly File[]) => void
  readonly children: ReactNode
}) {
  const [over, setOver] = useState(false)
  return (
    <div
      className={styles['drop']}
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(false)
        onFiles([...event.dataTransfer.files])
      }}
    >
      {children}
      {over && <div className={styles['drop-here']}>Drop suite files to import them</div>}
    </div>
  )
}
