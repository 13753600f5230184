import { useState } from 'react'
import type { RefusalRow } from '#shared/contract/refusal-views.ts'
import { outcomeWords } from '#shared/domain/label-words.ts'
import { LabError, type ErrorInfo } from '#shared/domain/error.ts'
import type { Outcome } from '#shared/domain/label.ts'
import { dataOf, pageError } from '../../stores/loadable.ts'
import { useAppStore, useLab } from '../../stores/use-app.ts'

/** The label that counted before a person spoke. */
export type Standing = Pick<RefusalRow, 'source' | 'by' | 'outcome'>

export interface Labelling {
  /** Whose name goes into the log; empty until somebody gave one, null while that is not known. */
  readonly reviewer: string | null
  readonly problem: ErrorInfo | null
  readonly busy: boolean
  /** Appends a label; true when it is in the log. */
  give(cell: number, label: { readonly outcome: Outcome; readonly reason: string }): Promise<boolean>
  /** Appends the line that makes `before` count again; without it, takes back all that the reviewer said of the cell. */
  takeBack(cell: number, before?: Standing): Promise<boolean>
  /** Offers to take a label back for a while, wherever on the page one goes next. */
  offerUndo(cell: number, outcome: Outcome, before: Standing): void
}

/** Giving labels and taking them back: both only ever append, and every view that shows labels is read again. */
export function useLabelling(): Labelling {
  const store = useAppStore()
  const reviewer = dataOf(useLab('settings.get', {}))?.reviewer ?? null
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const [busy, setBusy] = useState(false)
  const append = async (cell: number, outcome: Outcome, reason: string | null): Promise<void> => {
    if (reviewer === null || reviewer === '') {
      throw new LabError('BAD_REQUEST', 'Nobody is named as the reviewer.', { hint: 'Give your name first.' })
    }
    await store.lab['refusals.label']({ cell, outcome, reason, by: reviewer })
    store
      .getState()
      .invalidate((name) => name.startsWith('refusals.') || name.startsWith('cells.') || name === 'lab.info')
  }
  const attempt = async (action: () => Promise<void>): Promise<boolean> => {
    setBusy(true)
    setProblem(null)
    try {
      await action()
      return true
    } catch (error) {
      setProblem(pageError(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  const restore = async (cell: number, before?: Standing) =>
    // One's own earlier word is said again; anybody else's counts again by itself when one's own is taken back.
    before?.source === 'person' && before.by === reviewer
      ? append(cell, before.outcome, 'taken back: the label before it')
      : append(cell, 'none', 'taken back')
  return {
    reviewer,
    problem,
    busy,
    give: async (cell, { outcome, reason }) =>
      attempt(async () => append(cell, outcome, reason.trim() === '' ? null : reason.trim())),
    takeBack: async (cell, before) => attempt(async () => restore(cell, before)),
    offerUndo: (cell, outcome, before) =>
      store.getState().offerUndo(`Labelled ${outcomeWords[outcome]}.`, async () => restore(cell, before)),
  }
}
