import { Compartment, EditorState, type Extension, type StateEffect } from '@codemirror/state'
import { EditorView, highlightActiveLine, highlightActiveLineGutter, lineNumbers } from '@codemirror/view'
import type { CodeAreaProps } from '../code-area.tsx'
import { adoptStyles } from './adopt-styles.ts'
import { codeColours } from './code-colours.ts'
import { codeKeys } from './code-keys.ts'
import { codeTheme } from './code-theme.ts'
import { completions } from './complete.ts'
import { explanations } from './explain.ts'
import { problemMarks } from './show-problems.ts'

/** An editor in its place. `onChange` is told the whole text after every change. */
export function makeView(parent: HTMLElement, props: CodeAreaProps, onChange: (text: string) => void): EditorView {
  adoptStyles()
  const extensions = [
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    codeColours(props.format, props.text),
    completions(props.format),
    explanations(props.format),
    codeKeys,
    codeTheme,
    problemMarks,
    words.of(wordsFor({ ...props, isInvalid: props.problems.length > 0 })),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) onChange(state.doc.toString())
    }),
  ]
  return new EditorView({ parent, state: EditorState.create({ doc: props.text, extensions }) })
}

interface Words extends Pick<CodeAreaProps, 'label' | 'describedBy' | 'readOnly'> {
  readonly isInvalid: boolean
}

const words = new Compartment()

/** What a screen reader is told of the text, and whether it may be changed. */
const wordsFor = ({ label, describedBy, readOnly, isInvalid }: Words): Extension => [
  EditorState.readOnly.of(readOnly),
  EditorView.contentAttributes.of({
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': String(isInvalid),
    'aria-readonly': String(readOnly),
    spellcheck: 'false',
    // What may be edited can be reached anyway; those who check how a scrolling text is reached look for it in words.
    tabindex: '0',
  }),
]

export const said = (now: Words): StateEffect<unknown> => words.reconfigure(wordsFor(now))
