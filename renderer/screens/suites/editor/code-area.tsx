import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { CodeLayer } from './code-layer.tsx'
import styles from './editor.module.css'
import { indentLines, lineAt, newLine, offsetAt, outdentLines, type TextEdit } from './edit-text.ts'
import type { PlacedProblem } from './place-problems.ts'

export const lineHeight = 20
const padding = 8

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
  readonly lines: readonly string[]
  readonly problems: readonly PlacedProblem[]
  readonly describedBy: string
  readonly readOnly?: boolean
  readonly onChange: (text: string) => void
  readonly handle: Ref<CodeHandle>
}

/**
 * A text with line numbers and marks. The textarea keeps what browsers do well (selection, undo, input methods, screen
 * readers); what is seen is drawn behind it, only the lines in sight. Tab indents; after Escape it leaves.
 */
export function CodeArea({
  label,
  text,
  lines,
  problems,
  describedBy,
  readOnly = false,
  onChange,
  handle,
}: CodeAreaProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const [view, setView] = useState({ top: 0, left: 0, height: 600 })
  const [caretLine, setCaretLine] = useState(1)
  const leaving = useRef(false)
  useImperativeHandle(handle, () => codeHandle(area), [])
  useEffect(() => {
    const node = area.current
    if (node === null || typeof ResizeObserver === 'undefined') return undefined
    const observer = new ResizeObserver(() => setView((before) => ({ ...before, height: node.clientHeight })))
    observer.observe(node)
    return () => observer.disconnect()
  }, [])
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const left = leaving.current
    leaving.current = event.key === 'Escape' || (leaving.current && event.key === 'Shift')
    const edit = readOnly || left ? null : editFor(event)
    if (edit === null) return
    event.preventDefault()
    applyEdit(event.currentTarget, edit)
  }
  return (
    <div className={styles['code']}>
      <CodeLayer
        lines={lines}
        problems={problems}
        view={view}
        caretLine={caretLine}
        onMark={(problem) => codeHandle(area).goTo(problem.line, problem.column)}
      />
      <textarea
        ref={area}
        className={styles['area']}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={problems.length > 0}
        value={text}
        readOnly={readOnly}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={onKeyDown}
        onSelect={({ currentTarget }) => setCaretLine(lineAt(currentTarget.value, currentTarget.selectionStart))}
        onScroll={({ currentTarget: { scrollTop: top, scrollLeft: left, clientHeight: height } }) =>
          setView({ top, left, height })
        }
      />
    </div>
  )
}

function editFor({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
  nativeEvent,
  currentTarget,
}: KeyboardEvent<HTMLTextAreaElement>): TextEdit | null {
  if (ctrlKey || metaKey || altKey || nativeEvent.isComposing) return null
  const { value, selectionStart, selectionEnd } = currentTarget
  if (key === 'Tab') return (shiftKey ? outdentLines : indentLines)(value, selectionStart, selectionEnd)
  return key === 'Enter' && !shiftKey ? newLine(value, selectionStart, selectionEnd) : null
}

/** Through the browser's own editing where it offers that, so that its undo knows of it. */
function applyEdit(area: HTMLTextAreaElement, { from, to, insert, select: [start, end] }: TextEdit): void {
  area.focus()
  area.setSelectionRange(from, to)
  if (!byCommand(area, insert)) {
    area.setRangeText(insert, from, to, 'end')
    area.dispatchEvent(new Event('input', { bubbles: true }))
  }
  area.setSelectionRange(start, end)
}

function byCommand(
  { ownerDocument: page, selectionStart, selectionEnd }: HTMLTextAreaElement,
  insert: string,
): boolean {
  if (insert === '' && selectionStart === selectionEnd) return true
  // Deprecated and without a successor: nothing else keeps the undo of a textarea.
  // oxlint-disable-next-line typescript/no-deprecated
  const command = (page as { execCommand?: Document['execCommand'] }).execCommand?.bind(page)
  return command !== undefined && (insert === '' ? command('delete') : command('insertText', false, insert))
}

function codeHandle(area: { readonly current: HTMLTextAreaElement | null }): CodeHandle {
  return {
    goTo(line, column) {
      const node = area.current
      if (node === null) return
      const at = offsetAt(node.value, line, column)
      node.focus()
      node.setSelectionRange(at, at)
      const top = padding + (line - 1) * lineHeight
      const isInSight = top >= node.scrollTop && top + lineHeight <= node.scrollTop + node.clientHeight
      if (!isInSight) node.scrollTop = Math.max(0, top - node.clientHeight / 3)
    },
    replace({ line, column, length }, text) {
      const node = area.current
      if (node === null) return
      const from = offsetAt(node.value, line, column)
      applyEdit(node, { from, to: from + length, insert: text, select: [from, from + text.length] })
    },
    caret() {
      const node = area.current
      if (node === null) return { line: 1, column: 0 }
      const line = lineAt(node.value, node.selectionStart)
      return { line, column: node.selectionStart - offsetAt(node.value, line, 1) + 1 }
    },
  }
}
