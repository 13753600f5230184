import type { EditorView } from '@codemirror/view'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import type { CodeAreaProps } from '../code-area.tsx'
import styles from '../editor.module.css'
import { codeHandle } from './code-handle.ts'
import { makeView, said } from './make-view.ts'
import { showProblems } from './show-problems.ts'

/** CodeMirror with a suite's text: it owns the text while somebody types, and tells of every change. */
export function CodeEditor(props: CodeAreaProps) {
  const { text, revision, problems, canFix, onChange, handle, label, describedBy, readOnly } = props
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const tell = useRef(onChange)
  const shown = useRef(revision)
  const begun = useRef(props)
  useLayoutEffect(() => {
    tell.current = onChange
  })
  useLayoutEffect(() => {
    if (place.current === null) return undefined
    const made = makeView(place.current, begun.current, (next) => tell.current(next))
    view.current = made
    return () => {
      view.current = null
      made.destroy()
    }
  }, [])
  useEffect(() => {
    // Its own changes come back as `text` when more has been typed already: only what was set elsewhere replaces it.
    if (view.current === null || shown.current === revision) return
    shown.current = revision
    view.current.dispatch({ changes: { from: 0, to: view.current.state.doc.length, insert: text } })
  }, [revision, text])
  useEffect(() => {
    if (view.current !== null) showProblems(view.current, problems, canFix)
  }, [problems, canFix])
  const isInvalid = problems.length > 0
  useEffect(() => {
    view.current?.dispatch({ effects: said({ label, describedBy, readOnly, isInvalid }) })
  }, [label, describedBy, readOnly, isInvalid])
  useImperativeHandle(handle, () => codeHandle(view), [])
  return <div ref={place} className={styles['place']} />
}
