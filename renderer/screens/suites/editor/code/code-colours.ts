import { jsonLanguage } from '@codemirror/lang-json'
import { yamlLanguage } from '@codemirror/lang-yaml'
import { LanguageSupport } from '@codemirror/language'
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state'
import { Decoration, MatchDecorator, ViewPlugin, type DecorationSet, type EditorView } from '@codemirror/view'

/** From here on YAML is coloured by its lines: its parser takes nothing over from before and begins anew with every key. */
const longChars = 100_000

const language = new Compartment()

/** The colours of a text; of a long one those that its lines alone tell, so that typing in it costs what is seen of it. */
export function codeColours(format: 'yaml' | 'json', text: string): Extension {
  if (format === 'json') return new LanguageSupport(jsonLanguage)
  return [
    language.of(coloursOf(text.length >= longChars)),
    EditorState.transactionExtender.of(({ docChanged, newDoc, startState }) =>
      docChanged && isLong(newDoc) !== isLong(startState.doc)
        ? { effects: language.reconfigure(coloursOf(isLong(newDoc))) }
        : null,
    ),
  ]
}

const isLong = ({ length }: Text): boolean => length >= longChars

const coloursOf = (long: boolean): Extension => (long ? lineColours : new LanguageSupport(yamlLanguage))

const kinds = {
  comment: Decoration.mark({ class: 'cm-comment' }),
  key: Decoration.mark({ class: 'cm-key' }),
  sign: Decoration.mark({ class: 'cm-sign' }),
}

/** A quoted text is passed over, so that nothing in it counts; of the rest a match is one of the kinds. */
const words = new MatchDecorator({
  regexp:
    /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?<comment>(?<=^|\s)#.*)|(?<![\w.-])(?<key>[\w.-]{1,80})(?=:(?:\s|$))|(?<sign>[{}[\],:]|(?<=^\s*)-(?=\s))/g,
  decorate(add, from, to, { groups = {} }) {
    for (const kind of ['comment', 'key', 'sign'] as const) if (groups[kind] !== undefined) add(from, to, kinds[kind])
  },
})

const lineColours = ViewPlugin.define(
  (view: EditorView) => {
    let shown: DecorationSet = words.createDeco(view)
    return {
      get shown() {
        return shown
      },
      update(update) {
        shown = words.updateDeco(update, shown)
      },
    }
  },
  { decorations: ({ shown }) => shown },
)
