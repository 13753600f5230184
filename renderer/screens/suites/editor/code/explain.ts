import type { Extension } from '@codemirror/state'
import { hoverTooltip } from '@codemirror/view'
import { placeAt } from './schema/place-at.ts'
import { bare } from './schema/place.ts'
import { keysAt, wordsAt } from './schema/suite-schema.ts'

/** What the schema says of a key or a word. */
export interface Explained {
  readonly name: string
  /** What may stand behind a key; null for a word. */
  readonly type: string | null
  readonly description: string | null
  /** What holds without the key; null where nothing does. */
  readonly usual: string | null
}

/** As an element; null where nothing is known of it. */
export function explanation({ name, type, description, usual }: Explained): HTMLElement | null {
  if (type === null && description === null) return null
  const about = document.createElement('div')
  about.className = 'cm-about'
  const head = document.createElement('p')
  const strong = document.createElement('b')
  strong.textContent = name
  head.append(strong, type === null ? '' : `  ${type}`)
  about.append(head)
  const rest = [description, usual === null ? null : `Without it: ${usual}.`].filter((part) => part !== null)
  if (rest.length > 0) {
    const text = document.createElement('p')
    text.textContent = rest.join(' ')
    about.append(text)
  }
  return about
}

/** Says on hover what a key or a word means. At the keyboard the list of what fits (Ctrl Space) says the same. */
export const explanations = (format: 'yaml' | 'json'): Extension =>
  hoverTooltip(({ state: { doc } }, at) => {
    const place = placeAt(doc, at, format)
    if (place === null || place.to === place.from || at < place.from) return null
    const word = bare(doc.sliceString(place.from, place.to))
    const dom = explanation(explained(place, word))
    return dom === null ? null : { pos: place.from, end: place.to, create: () => ({ dom }) }
  })

function explained({ path, role, siblings }: NonNullable<ReturnType<typeof placeAt>>, word: string): Explained {
  const key = role === 'key' ? keysAt({ path, siblings }).find(({ name }) => name === word) : undefined
  const known = role === 'value' ? wordsAt(path, siblings).find((one) => one.word === word) : undefined
  return {
    name: word,
    type: key?.type ?? null,
    description: key?.description ?? known?.description ?? null,
    usual: key?.usual ?? null,
  }
}
