import type { EditorView } from '@codemirror/view'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import type { CodeAreaProps } from '../code-area.tsx'
import styles from '../editor.module.css'
import { codeHandle } from './code-handle.ts'
import { makeView, said } from './make-view.ts'
import { showProblems } from './show-problems.ts'

/** CodeMirror with a suite's text: it owns the text while somebody types, and tells of every change. */
export function CodeEditor(props: CodeAreaProps) {
  const { text, problems, canFix, onChange, handle, label, describedBy, readOnly } = props
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const told = useRef({ text, onChange })
  const begun = useRef(props)
  useLayoutEffect(() => {
    told.current.onChange = onChange
  })
  useLayoutEffect(() => {
    if (place.current === null) return undefined
    const made = makeView(place.current, begun.current, (next) => {
      told.current.text = next
      told.current.onChange(next)
    })
    view.current = made
    return () => {
      view.current = null
      made.destroy()
    }
  }, [])
  useEffect(() => {
    // Discarded, or taken back, outside of the editor: its own changes come back as they were told.
    if (view.current === null || told.current.text === text) return
    view.current.dispatch({ changes: { from: 0, to: view.current.state.doc.length, insert: text } })
  }, [text])
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
