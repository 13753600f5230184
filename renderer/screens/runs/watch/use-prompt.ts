import { useEffect, useState } from 'react'
import type { PromptView } from '#shared/contract/views.ts'
import type { LiveRun } from '../../../stores/live-run-slice.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useAppStore, useLab } from '../../../stores/use-app.ts'
import { sameFocus, type FocusState } from './use-focus.ts'
import { invalidateRun } from './use-watched-run.ts'

export interface ShownPrompt {
  readonly focused: FocusState
  /** Null until the first has been read. */
  readonly prompt: PromptView | null
}

/**
 * The prompt in focus with every variant's cell of it, asked for anew when one of them ends. While the prompt of a new focus is on
 * its way, the one before stays: a prompt and the texts below it change together.
 */
export function usePrompt(run: number, wanted: FocusState, live: LiveRun | null): ShownPrompt {
  const store = useAppStore()
  const { promptIndex, arm, sample } = wanted.focus
  const ended = live?.ended.findLast((cell) => sameFocus(cell, wanted.focus))
  useEffect(() => {
    if (ended !== undefined) invalidateRun(store, run, ['cells.prompt'])
  }, [store, run, ended])
  const answer = useLab('cells.prompt', { run, promptIndex, arm, sample })
  const prompt = dataOf(answer)
  const [kept, setKept] = useState<{ readonly run: number; readonly shown: ShownPrompt } | null>(null)
  if (prompt !== null && !(kept?.run === run && isSame(kept.shown, wanted, prompt))) {
    setKept({ run, shown: { focused: wanted, prompt } })
  }
  return answer.status === 'loading' && kept?.run === run ? kept.shown : { focused: wanted, prompt }
}

const isSame = ({ focused, prompt: shown }: ShownPrompt, wanted: FocusState, prompt: PromptView): boolean =>
  shown === prompt && focused.leader === wanted.leader && sameFocus(focused.focus, wanted.focus)
