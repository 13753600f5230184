import type { ComponentProps, ReactNode } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'

interface Look {
  /** One primary a screen. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly size?: 'large' | 'normal' | 'small' | 'icon'
}

const look = ({ kind = 'plain', size = 'normal' }: Look, className?: string) =>
  classNames(
    styles['button'],
    kind !== 'plain' && styles[kind],
    kind === 'danger' && styles['danger'],
    size !== 'normal' && styles[size],
    className,
  )

/** An action. `hotkey` is shown inside; binding it is the screen's business. */
export function Button({
  kind,
  size,
  hotkey,
  className,
  children,
  ...rest
}: Look & ComponentProps<'button'> & { readonly hotkey?: string; readonly children?: ReactNode }) {
  return (
    <button type="button" className={look({ ...(kind && { kind }), ...(size && { size }) }, className)} {...rest}>
      {children}
      {hotkey !== undefined && <Key>{hotkey}</Key>}
    </button>
  )
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function LinkButton({ kind, size, className, children, ...rest }: Look & ComponentProps<'a'>) {
  return (
    <a className={look({ ...(kind && { kind }), ...(size && { size }) }, className)} {...rest}>
      {children}
    </a>
  )
}

/** A key of the keyboard. */
export function Key({ children }: { readonly children: ReactNode }) {
  return <kbd aria-hidden="true">{children}</kbd>
}
