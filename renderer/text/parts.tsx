import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import styles from './text.module.css'

/** What a model thought: smaller and quieter than what it answered. Line breaks are kept. */
export function ThinkingBlock({
  className,
  children,
}: {
  readonly className?: string | undefined
  readonly children: ReactNode
}) {
  return <div className={classNames(styles['thinking'], className)}>{children}</div>
}

/** What a model answered. Line breaks are kept. */
export function AnswerBlock({
  className,
  children,
}: {
  readonly className?: string | undefined
  readonly children: ReactNode
}) {
  return <div className={classNames(styles['answer'], className)}>{children}</div>
}

/** Text exactly as it was, in a fixed width: raw generations, rendered prompts. */
export function RawBlock({ children }: { readonly children: ReactNode }) {
  return <div className={styles['raw']}>{children}</div>
}

/** The line above a part: its name and what is known of it. */
export function PartHead({ name, children }: { readonly name: string; readonly children?: ReactNode }) {
  return (
    <div className={styles['part']}>
      <b>{name}</b>
      {children}
    </div>
  )
}
