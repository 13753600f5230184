import { Menu as BaseMenu } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import { useOffer } from '../actions/use-actions.ts'
import styles from './menu.module.css'

export interface MenuItem {
  readonly key: string
  readonly label: string
  /** Said in a quieter voice after the label. */
  readonly hint?: string
  readonly disabled?: boolean
  readonly onChoose: () => void
}

/** A button with a few actions below it, which the palette reaches too. `trigger` is the button, an element that takes props. */
export function Menu({
  trigger,
  label,
  items,
}: {
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly label: string
  readonly items: readonly MenuItem[]
}) {
  useOffer(
    items
      .filter(({ disabled }) => disabled !== true)
      .map(({ key, label: text, hint, onChoose }) => ({
        id: `${label}:${key}`,
        group: label,
        label: text,
        ...(hint !== undefined && { hint }),
        run: onChoose,
      })),
  )
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={styles['layer']} sideOffset={4} align="end">
          <BaseMenu.Popup className={styles['menu']} aria-label={label}>
            {items.map(({ key, label: text, hint, disabled = false, onChoose }) => (
              <BaseMenu.Item key={key} className={styles['item']} disabled={disabled} onClick={onChoose}>
                <span>{text}</span>
                {hint !== undefined && <small>{hint}</small>}
              </BaseMenu.Item>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}
