import { useApp } from '../stores/use-app.ts'
import styles from './overlays.module.css'

/** What happens with the file that hovers over the window. */
export function DropHint() {
  const dragging = useApp((state) => state.dragging)
  return dragging ? <div className={styles['drop']}>Drop suite files to import them</div> : null
}
