import { Menu } from '@base-ui/react/menu'
import { Check, Columns3 } from 'lucide-react'
import { countText } from '#shared/domain/figures.ts'
import { useOffer } from '../actions/use-actions.ts'
import { Button } from './button.tsx'
import type { Column } from './grid-column.ts'
import styles from './menu.module.css'

export interface GridMenuProps<Row> {
  readonly grid: string
  /** All there are, shown or not. */
  readonly columns: readonly Column<Row>[]
  readonly hidden: readonly string[]
  readonly onHide: (keys: readonly string[]) => void
  readonly rows: number
  /** Undefined where no row is selected. */
  readonly onCopyOne: (() => void) | undefined
  readonly onCopyAll: () => void
}

/** Which columns a grid shows, and its rows as text to paste into a spreadsheet. */
export function GridMenu<Row>(props: GridMenuProps<Row>) {
  const { grid, columns, rows, onCopyOne, onCopyAll } = props
  const choosable = columns.filter(({ title }) => title !== '')
  const group = `List: ${grid}`
  useOffer([
    ...(onCopyOne === undefined ? [] : [{ id: `${grid}:one`, group, label: 'Copy the selected row', run: onCopyOne }]),
    { id: `${grid}:all`, group, label: 'Copy all rows as a table', run: onCopyAll },
  ])
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        render={
          <Button kind="quiet" size="icon" aria-label={`Columns of ${grid}`} title="Columns, copy as a table">
            <Columns3 aria-hidden />
          </Button>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className={styles['layer']} sideOffset={4} align="end">
          <Menu.Popup className={styles['menu']} aria-label={`Columns of ${grid}`}>
            {choosable.length > 1 && <ColumnItems {...props} columns={choosable} />}
            <Menu.Item className={styles['item']} disabled={onCopyOne === undefined} onClick={onCopyOne}>
              <span>Copy the selected row</span>
              <kbd>Ctrl C</kbd>
            </Menu.Item>
            <Menu.Item className={styles['item']} onClick={onCopyAll}>
              <span>{rows === 1 ? 'Copy the row' : `Copy all ${countText(rows)} rows`}</span>
              <kbd>Shift C</kbd>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function ColumnItems<Row>({ columns, hidden, onHide }: Pick<GridMenuProps<Row>, 'columns' | 'hidden' | 'onHide'>) {
  const shown = columns.filter(({ key }) => !hidden.includes(key))
  return (
    <>
      {columns.map(({ key, title }) => {
        const isShown = !hidden.includes(key)
        return (
          <Menu.CheckboxItem
            key={key}
            className={styles['item']}
            checked={isShown}
            // A grid without columns has nothing to show them again with.
            disabled={isShown && shown.length === 1}
            onCheckedChange={(show) => onHide(show ? hidden.filter((other) => other !== key) : [...hidden, key])}
          >
            <span className={styles['check']}>{isShown && <Check aria-hidden />}</span>
            <span>{title}</span>
          </Menu.CheckboxItem>
        )
      })}
      <Menu.Item
        className={styles['item']}
        disabled={hidden.length === 0}
        closeOnClick={false}
        onClick={() => onHide([])}
      >
        <span className={styles['check']} />
        <span>Reset</span>
        <small>show all columns</small>
      </Menu.Item>
      <Menu.Separator className={styles['line']} />
    </>
  )
}
