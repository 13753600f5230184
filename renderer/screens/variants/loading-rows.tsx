import type { Column } from '../../ui/grid-column.ts'
import type { ListRow } from './variant-rows.ts'
import styles from './variants.module.css'

/** The shape of the list while the engines are asked. */
export function LoadingRows({ columns }: { readonly columns: readonly Column<ListRow>[] }) {
  const template = columns.map(({ width }) => width).join(' ')
  return (
    <div className={styles['loading']} role="status" aria-label="Asking the engines for their variants">
      <p className="hint">asking the engines, reading file headers</p>
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} style={{ gridTemplateColumns: template }}>
          {columns.map(({ key }) => (
            <i key={key} />
          ))}
        </div>
      ))}
    </div>
  )
}
