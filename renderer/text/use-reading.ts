import { useMemo } from 'react'
import type { Settings } from '#shared/contract/settings-view.ts'
import type { AppStore } from '../stores/app-store.ts'
import { dataOf } from '../stores/loadable.ts'
import { useAppStore, useLab } from '../stores/use-app.ts'

export type Answers = Settings['answers']

/** How one answer is read. */
export type Reading =
  /** There is nothing in it to format. */
  | { readonly kind: 'plain' }
  /** Marks lie on it, and they are places in the text as it was written. */
  | { readonly kind: 'kept'; readonly why: string }
  | { readonly kind: 'free'; readonly answers: Answers; readonly choose: (answers: Answers) => void }

/** A sign of Markdown or TeX somewhere. Most short answers have none, and then nothing is offered or loaded. */
const signPattern = /[*`~#$\\|[<]|(?:^|\s)_\S|^[ \t]*(?:>|[-+=]|\d{1,9}[.)])(?=[ \t]|$)/mu

/** `marks`: what lies on the answer and keeps it as it was written; null where nothing does. */
export function useReading(text: string, marks: string | null): Reading {
  const store = useAppStore()
  const answers = dataOf(useLab('settings.get', {}))?.answers ?? 'formatted'
  const isPlain = useMemo(() => !signPattern.test(text), [text])
  if (isPlain) return { kind: 'plain' }
  if (marks !== null) return { kind: 'kept', why: marks }
  return { kind: 'free', answers, choose: (next) => chooseReading(store, next) }
}

/** Kept by the lab, for every answer and for the next time. */
function chooseReading(store: AppStore, answers: Answers): void {
  void store.lab['settings.set']({ answers }).then(
    () => store.getState().invalidate((name) => name === 'settings.get'),
    // The Settings screen says what is wrong with the store; an answer stays as it is.
    () => {},
  )
}

/** The other of the two. */
export function toggleReading(store: AppStore): void {
  void store.lab['settings.get']({}).then(
    ({ answers }) => chooseReading(store, answers === 'written' ? 'formatted' : 'written'),
    () => {},
  )
}
