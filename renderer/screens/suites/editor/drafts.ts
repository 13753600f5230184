import { useSyncExternalStore } from 'react'

/**
 * Texts that are not saved yet, by what they are of. They outlive leaving the screen and reloading the page, so nothing
 * typed is lost by a wrong click. Closing the window ends them; the browser asks before.
 */
const prefix = 'assay draft '
/** How long after the last key a draft is written where a reload finds it. */
const writeAfterMs = 400

const kept = new Map<string, string>()
const listeners = new Set<() => void>()
const waiting = new Map<string, ReturnType<typeof setTimeout>>()
let keys: readonly string[] = readAll()

function readAll(): readonly string[] {
  quietly(() => {
    for (const name of Object.keys(window.sessionStorage)) {
      if (name.startsWith(prefix)) kept.set(name.slice(prefix.length), window.sessionStorage.getItem(name) ?? '')
    }
  })
  return [...kept.keys()]
}

export const readDraft = (key: string): string | null => kept.get(key) ?? null

/** Null: there is nothing unsaved any more. */
export function writeDraft(key: string, text: string | null): void {
  clearTimeout(waiting.get(key))
  if (text === null) {
    kept.delete(key)
    quietly(() => window.sessionStorage.removeItem(prefix + key))
  } else {
    kept.set(key, text)
    waiting.set(
      key,
      setTimeout(() => quietly(() => window.sessionStorage.setItem(prefix + key, text)), writeAfterMs),
    )
  }
  if (kept.size === keys.length && keys.every((known) => kept.has(known))) return
  keys = [...kept.keys()]
  for (const listener of listeners) listener()
}

const newSuite = 'new suite '

/** A suite's digest, or the prompt that a suite which is to be begins with. */
export const draftKey = (suite: { readonly hash: string } | null, prompt: string | null): string =>
  suite?.hash ?? `${newSuite}${prompt ?? ''}`

/** The prompt that the draft of a new suite began with, empty where there was none; null for other drafts. */
export const newDraftPrompt = (key: string): string | null =>
  key.startsWith(newSuite) ? key.slice(newSuite.length) : null

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What there are drafts of. */
export const useDraftKeys = (): readonly string[] => useSyncExternalStore(subscribe, () => keys)

/** A full or forbidden storage costs a draft's life over a reload, not the draft. */
function quietly(action: () => void): void {
  try {
    action()
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}
