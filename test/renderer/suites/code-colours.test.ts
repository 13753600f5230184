import { EditorView } from '@codemirror/view'
import { EditorState } from '@codemirror/state'
import { syntaxTree } from '@codemirror/language'
import { describe, expect, it } from 'vitest'
import { codeColours } from '../../../renderer/screens/suites/editor/code/code-colours.ts'

const beginning = [
  '# mine: not yours',
  'name: big',
  'prompts:',
  `  - id: "a: b # c"`,
  '    text: and so on # a word',
  '    grader: { kind: number, expected: 2 }',
]
const long = [...beginning, ...Array.from({ length: 4000 }, (_, i) => `  - { id: p${i}, text: What is ${i} }`)].join(
  '\n',
)

const open = (text: string) =>
  new EditorView({
    parent: document.body,
    state: EditorState.create({ doc: text, extensions: codeColours('yaml', text) }),
  })
const marked = (view: EditorView, kind: string) =>
  [...view.contentDOM.querySelectorAll(`.cm-${kind}`)].map(({ textContent }) => textContent)

describe('the colours of a long YAML text', () => {
  it('come from its lines, and nothing in quotes counts', () => {
    const view = open(long)
    expect(marked(view, 'key').slice(0, 7)).toEqual(['name', 'prompts', 'id', 'text', 'grader', 'kind', 'expected'])
    expect(marked(view, 'comment')).toEqual(['# mine: not yours', '# a word'])
    expect(syntaxTree(view.state).length).toBe(0)
    view.destroy()
  })

  it('begin and end where a text becomes long or short', () => {
    const view = open(beginning.join('\n'))
    expect(marked(view, 'key')).toEqual([])
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: long } })
    expect(marked(view, 'key')).toContain('prompts')
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: 'name: small' } })
    expect(marked(view, 'key')).toEqual([])
    expect(syntaxTree(view.state).length).toBeGreaterThan(0)
    view.destroy()
  })
})
