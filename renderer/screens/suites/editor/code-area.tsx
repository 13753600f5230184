import { lazy, Suspense, type Ref } from 'react'
import { Bones } from '../../../ui/region.tsx'
import styles from './editor.module.css'
import type { PlacedProblem } from './place-problems.ts'

export interface CodeHandle {
  /** Puts the caret there and scrolls to it. Both count from 1. */
  goTo(line: number, column: number): void
  /** Changes a text as if it had been typed, so that it can be undone. */
  replace(place: { readonly line: number; readonly column: number; readonly length: number }, text: string): void
  /** Line and column of the caret, from 1. */
  caret(): { readonly line: number; readonly column: number }
}

export interface CodeAreaProps {
  readonly label: string
  readonly text: string
  /** Another one: the text was set from outside, and replaces what is in the editor. */
  readonly revision: number
  readonly format: 'yaml' | 'json'
  readonly problems: readonly PlacedProblem[]
  readonly describedBy: string
  readonly readOnly: boolean
  /** Whether a problem's own correction may be offered. */
  readonly canFix: boolean
  readonly onChange: (text: string) => void
  readonly handle: Ref<CodeHandle>
}

const CodeEditor = lazy(async () => ({ default: (await import('./code/code-editor.tsx')).CodeEditor }))

/** A suite's text with line numbers, colours and marks. The editor is loaded with the first text that is opened in it. */
export function CodeArea(props: CodeAreaProps) {
  return (
    <div className={styles['code']}>
      <Suspense fallback={<Bones rows={8} />}>
        <CodeEditor {...props} />
      </Suspense>
    </div>
  )
}
