import { history, historyKeymap, standardKeymap } from '@codemirror/commands'
import { search, searchKeymap } from '@codemirror/search'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap, type Command } from '@codemirror/view'
import { indentLines, newLine, outdentLines, type TextEdit } from '../edit-text.ts'

/** Undo, search, and YAML's own Tab and Enter. After Escape, Tab leaves the text: CodeMirror sees to that. */
export const codeKeys: Extension = [
  history(),
  search({ top: true }),
  EditorView.domEventHandlers({ beforeinput: typeOverSelection }),
  keymap.of([
    { key: 'Tab', run: editing(indentLines), shift: editing(outdentLines) },
    { key: 'Enter', run: editing(newLine) },
    ...searchKeymap,
    ...historyKeymap,
    ...standardKeymap,
  ]),
]

function editing(edit: (text: string, start: number, end: number) => TextEdit): Command {
  return (view) => {
    const { doc, selection, readOnly } = view.state
    if (readOnly) return false
    const { from, to, insert, select } = edit(doc.toString(), selection.main.from, selection.main.to)
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: select[0], head: select[1] },
      userEvent: 'input',
      effects: EditorView.scrollIntoView(select[1]),
    })
    return true
  }
}

/**
 * Typing over a selection: left to the browser, it keeps the look of what was there with style attributes, which the page's policy
 * reports, before CodeMirror reads what came of it.
 */
function typeOverSelection(event: InputEvent, view: EditorView): boolean {
  const { inputType, data } = event
  const range = document.getSelection()?.getRangeAt(0)
  if (inputType !== 'insertText' || data === null || range === undefined || view.state.readOnly) return false
  // The editor hears of a new selection a moment later than the page has it.
  const from = view.posAtDOM(range.startContainer, range.startOffset)
  const to = view.posAtDOM(range.endContainer, range.endOffset)
  if (from >= to) return false
  event.preventDefault()
  const insert = view.state.toText(data)
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.type',
    scrollIntoView: true,
  })
  return true
}
