import { useEffect, useState } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { routeHash } from '../../../routing/route.ts'
import { go, viewAddress } from '../../../routing/use-route.ts'
import { dataOf, pageError } from '../../../stores/loadable.ts'
import { useAppStore } from '../../../stores/use-app.ts'
import { addressOf } from '../suite-address.ts'
import type { SuiteListing } from '../suites-frame.tsx'
import { useSuiteActions } from '../use-suite-actions.ts'
import { draftKey, readDraft, writeDraft } from './drafts.ts'

export interface StartText {
  readonly text: string
  readonly format: 'yaml' | 'json'
  /** The prompt that a new suite begins with; null where there is none. */
  readonly prompt: string | null
}

export interface EditedText {
  readonly text: string
  /** Counts how often the text was set by something else than typing. */
  readonly revision: number
  /** Name of the file it would be: problems are told with it, and a suite without a name takes it. */
  readonly file: string
  /** Whether there is something to save. */
  readonly isChanged: boolean
  /** Whether somebody has changed it. */
  readonly hasDraft: boolean
  readonly isSaving: boolean
  readonly problem: ErrorInfo | null
  change(text: string): void
  discard(): void
  save(): Promise<void>
}

/** The text in the editor with what it began as. What is not saved is kept as a draft, and leaving it can be taken back. */
export function useEditedText(original: SuiteSummary | null, start: StartText, list: SuiteListing): EditedText {
  const store = useAppStore()
  const { keep } = useSuiteActions()
  const key = draftKey(original, start.prompt)
  const address =
    original === null
      ? routeHash('suites', ['new'], { prompt: start.prompt ?? undefined })
      : routeHash('suites', [addressOf(original.hash), 'edit'])
  // The list may be read anew meanwhile; what a new suite began as stays.
  const [began] = useState(start)
  const [text, setText] = useState(() => readDraft(key) ?? began.text)
  const [revision, setRevision] = useState(0)
  const [isSaving, setSaving] = useState(false)
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const hasDraft = text !== began.text
  const file = `${original?.name ?? 'suite'}.${began.format}`
  useGuard(key, original?.name ?? 'the new suite', address)

  const change = (next: string) => {
    setText(next)
    writeDraft(key, next === began.text ? null : next)
  }
  const replace = (next: string) => {
    change(next)
    setRevision((before) => before + 1)
  }
  const discard = () => {
    replace(began.text)
    store.getState().offerUndo('The changes are discarded.', async () => {
      await Promise.resolve()
      replace(text)
    })
  }
  const save = async () => {
    setSaving(true)
    setProblem(null)
    try {
      const again = () => {
        writeDraft(key, text)
        window.location.hash = address
      }
      const saved = await keep(() => store.lab['suites.save']({ text, format: began.format, file }), again)
      writeDraft(key, null)
      // Whoever has gone elsewhere meanwhile stays there.
      if (isSameView(viewAddress(), address)) go('suites', [addressOf(saved.hash)])
    } catch (error) {
      setProblem(pageError(error))
    } finally {
      setSaving(false)
    }
  }
  const isListed = original !== null && (dataOf(list)?.some(({ hash }) => hash === original.hash) ?? true)
  const isChanged = hasDraft || !isListed
  return { text, revision, file, isChanged, hasDraft, isSaving, problem, change, discard, save }
}

/** Whether two addresses are of one view, whatever is chosen in it. */
const isSameView = (one: string, other: string): boolean => one.split('?')[0] === other.split('?')[0]

/** Nothing typed is lost: elsewhere in the lab the draft is one click away, and the browser asks before the page goes. */
function useGuard(key: string, name: string, address: string): void {
  const store = useAppStore()
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      // In the desktop window this would keep it from closing without a word.
      if (window.assayHost === undefined && readDraft(key) !== null) event.preventDefault()
    }
    window.addEventListener('beforeunload', onUnload)
    return () => {
      window.removeEventListener('beforeunload', onUnload)
      if (readDraft(key) === null) return
      store.getState().offerUndo(`Changes to ${name} are not saved. They are kept as a draft.`, async () => {
        await Promise.resolve()
        window.location.hash = address
      })
    }
  }, [key, name, address, store])
}
