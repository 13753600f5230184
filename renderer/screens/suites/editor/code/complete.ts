import {
  acceptCompletion,
  autocompletion,
  pickedCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { Prec, type Extension } from '@codemirror/state'
import { keymap, type EditorView } from '@codemirror/view'
import { explanation } from './explain.ts'
import { placeAt } from './schema/place-at.ts'
import type { Place } from './schema/place.ts'
import { keysAt, wordsAt, type KnownKey, type KnownWord } from './schema/suite-schema.ts'

type Format = 'yaml' | 'json'

/** Offers what the published schema knows: keys that are not there yet, and words where only some are understood. */
export const completions = (format: Format): Extension => [
  autocompletion({
    override: [(context) => offers(context, format)],
    icons: false,
    // A key that was taken leads on to the words that may stand behind it.
    activateOnCompletion: ({ type }) => type === 'key',
  }),
  Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
]

/** What may stand where the caret is; null where nothing is known, or nothing was asked for. */
export function offers(context: CompletionContext, format: Format): CompletionResult | null {
  const { state, pos, explicit } = context
  if (state.readOnly) return null
  const place = placeAt(state.doc, pos, format)
  if (place === null || (!explicit && place.from === pos && !isFollowing(context, place))) return null
  const options = place.role === 'key' ? keyOptions(place, state.sliceDoc(place.to)) : wordOptions(place)
  if (options.length === 0) return null
  // What is typed is looked for in the words: a quote before it is none of them.
  const from = place.from + (/^["']/.test(state.sliceDoc(place.from, place.to)) ? 1 : 0)
  return { from, to: Math.max(from, place.to), options, validFor: /^[\w$.-]*["']?$/ }
}

/** Directly behind a key: its words are offered as soon as the blank is typed, or the key was taken. */
const isFollowing = ({ state, pos }: CompletionContext, { role }: Place): boolean =>
  role === 'value' && /: $/.test(state.sliceDoc(Math.max(0, pos - 2), pos))

/** Keys that only programs need. */
const formal = new Set(['$schema', 'schema'])

function keyOptions(place: Place, behind: string): Completion[] {
  const hasColon = /^\s*:/.test(behind)
  return keysAt(place)
    .filter(({ name }) => !place.siblings.has(name))
    .map((key, index) => ({
      label: key.name,
      type: 'key',
      detail: key.type,
      boost: (key.isRequired ? 50 : 0) - (formal.has(key.name) ? 50 : 0) - index,
      info: () => explanation({ name: key.name, type: key.type, description: key.description, usual: key.usual }),
      apply: (view, completion, _, to) =>
        insert(view, completion, {
          from: place.from,
          to,
          text: hasColon ? quotedIn(place, key.name) : keyText(view, place, key),
        }),
    }))
}

const quotedIn = ({ quoted }: Place, word: string): string => (quoted ? JSON.stringify(word) : word)

/** A key, its colon, and in YAML the beginning of what it holds. */
function keyText(view: EditorView, place: Place, { name, holds }: KnownKey): string {
  const key = `${quotedIn(place, name)}:`
  if (place.isFlow || holds === 'word') return `${key} `
  const column = place.from - view.state.doc.lineAt(place.from).from
  return `${key}\n${' '.repeat(column + 2)}${holds === 'list' ? '- ' : ''}`
}

function wordOptions(place: Place): Completion[] {
  return wordsAt(place.path, place.siblings).map((known, index) => ({
    label: known.word,
    type: 'word',
    boost: -index,
    ...(known.fields !== null && { detail: `with ${known.fields.join(', ')}` }),
    ...(known.description !== null && {
      info: () => explanation({ name: known.word, type: null, description: known.description, usual: null }),
    }),
    apply: (view, completion, _, to) => insert(view, completion, { from: place.from, to, ...wordText(place, known) }),
  }))
}

/** A word; of an object its kind with the fields it needs, the caret where the first is filled in. */
function wordText(place: Place, { word, fields }: KnownWord): { readonly text: string; readonly caret?: number } {
  if (fields === null) {
    const isPlain = /^(?:true|false|-?\d+(?:\.\d+)?)$/.test(word)
    return { text: isPlain ? word : quotedIn(place, word) }
  }
  const [first = '', ...rest] = fields.map((name) => `${quotedIn(place, name)}: `)
  const open = `{${quotedIn(place, 'kind')}: ${quotedIn(place, word)}, ${first}`
  return { text: `${open}${rest.map((field) => `, ${field}`).join('')}}`, caret: open.length }
}

function insert(
  view: EditorView,
  completion: Completion,
  { from, to, text, caret = text.length }: { from: number; to: number; text: string; caret?: number },
): void {
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + caret },
    userEvent: 'input.complete',
    annotations: pickedCompletion.of(completion),
    scrollIntoView: true,
  })
}
