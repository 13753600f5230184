import { EditorView } from '@codemirror/view'
import type { CodeHandle } from '../code-area.tsx'
import { placeOf } from './show-problems.ts'

/** What the screen does with the text from outside: the list of problems, F8 and corrections. */
export const codeHandle = (view: { readonly current: EditorView | null }): CodeHandle => ({
  goTo(line, column) {
    const shown = view.current
    if (shown === null) return
    const at = placeOf(shown.state.doc, { line, column })
    shown.dispatch({
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: 'nearest', yMargin: 100 }),
    })
    shown.focus()
  },
  replace(place, text) {
    const shown = view.current
    if (shown === null) return
    const from = placeOf(shown.state.doc, place)
    shown.dispatch({
      changes: { from, to: Math.min(shown.state.doc.length, from + place.length), insert: text },
      selection: { anchor: from, head: from + text.length },
      userEvent: 'input',
    })
    shown.focus()
  },
  caret() {
    const state = view.current?.state
    if (state === undefined) return { line: 1, column: 0 }
    const { head } = state.selection.main
    const line = state.doc.lineAt(head)
    return { line: line.number, column: head - line.from + 1 }
  },
})
