import { Search } from 'lucide-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { keysAreFree } from '../actions/keys-are-free.ts'
import { Key } from './button.tsx'
import styles from './controls.module.css'

/** A search field that `/` focuses; its count stands at the end. */
export function SearchField({
  value,
  onChange,
  label,
  count,
  small = true,
  onEnter,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly label: string
  readonly count?: string
  readonly small?: boolean
  /** Enter leaves the field: the keys of the screen are there again. */
  readonly onEnter?: () => void
}) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || !keysAreFree(event)) return
      event.preventDefault()
      input.current?.select()
      input.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <label className={styles['field']} data-small={small || undefined}>
      <Search aria-hidden />
      <input
        ref={input}
        type="search"
        value={value}
        placeholder={label}
        aria-label={label}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Enter') onEnter?.()
        }}
      />
      {count !== undefined && <output>{count}</output>}
      {value === '' && <Key>/</Key>}
    </label>
  )
}

export interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  /** Why the value will not do. */
  readonly problem?: string | null
  readonly children: (ids: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': boolean
  }) => ReactNode
}

/** A control with its label above and its hint or problem below. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId()
  const said = problem ?? hint
  const describedBy = said === undefined || said === null ? undefined : `${id}-said`
  const invalid = problem !== undefined && problem !== null
  return (
    <div className={styles['labelled']}>
      <label htmlFor={id}>
        <span className="hint">{label}</span>
      </label>
      <span className={styles['field']} data-invalid={invalid || undefined}>
        {children({ id, 'aria-describedby': describedBy, 'aria-invalid': invalid })}
      </span>
      {describedBy !== undefined && (
        <small id={describedBy} data-invalid={invalid || undefined}>
          {said}
        </small>
      )}
    </div>
  )
}

export function Checkbox({
  checked,
  onChange,
  disabled = false,
  children,
}: {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
  readonly children: ReactNode
}) {
  return (
    <label className={styles['check']}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      {children}
    </label>
  )
}

export interface Choice<T extends string> {
  readonly value: T
  readonly label: ReactNode
  readonly disabled?: boolean
}

/** One of a few, all visible. */
export function Segment<T extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: string
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
}) {
  return (
    <div className={styles['segment']} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          disabled={choice.disabled}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}

export interface Tab {
  readonly key: string
  readonly label: string
  readonly href: string
  readonly n?: string
}

/** Views of one thing, each with an address. */
export function Tabs({
  label,
  tabs,
  current,
  children,
}: {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly current: string
  readonly children?: ReactNode
}) {
  return (
    <nav className={styles['tabs']} aria-label={label}>
      {tabs.map(({ key, label: text, href, n }) => (
        <a key={key} href={href} aria-current={key === current ? 'page' : undefined}>
          {text}
          {n !== undefined && <small>{n}</small>}
        </a>
      ))}
      {children}
    </nav>
  )
}
