import { memo, useMemo, type ReactNode } from 'react'
import { drawMarkdown } from './draw-markdown.tsx'
import styles from './formatted.module.css'
import { readMarkdown } from './read-markdown.ts'

/** A model's Markdown and mathematics, set and inert. `children`: the text as it was written, shown where it is too large to be read. */
export const FormattedText = memo(function FormattedText({
  text,
  children,
}: {
  readonly text: string
  readonly children: ReactNode
}) {
  const read = useMemo(() => readMarkdown(text), [text])
  if (read.kind === 'read') {
    return (
      <div className={styles['formatted']} data-formatted="">
        {drawMarkdown(read.root, read.formulas)}
      </div>
    )
  }
  return (
    <>
      <p className={styles['refused']}>Shown as it was written, because {read.why}.</p>
      {children}
    </>
  )
})
