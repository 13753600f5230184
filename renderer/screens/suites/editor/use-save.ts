import { useEffect, useEffectEvent, useState } from 'react'
import type { PlacedProblem } from './place-problems.ts'
import type { Checked } from './use-check.ts'
import type { EditedText } from './use-edited-text.ts'

/** A save that was asked for and not done. */
export interface Refusal {
  /** The text that could not be kept: the next key ends what is said of it. */
  readonly text: string
  /** Which time it is, so that it is said again. */
  readonly times: number
}

export interface Saving {
  save(): void
  /** Null where nothing was refused since the text last changed. */
  readonly refusal: Refusal | null
}

/** Keeps a sound text; of one with problems it is said that it is not kept, and the first of them is gone to. */
export function useSave(
  edited: EditedText,
  { checked, problems }: { readonly checked: Checked; readonly problems: readonly PlacedProblem[] },
  goTo: (problem: PlacedProblem) => void,
): Saving {
  const [isAsked, setAsked] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { text } = edited
  const { isCurrent, error } = checked
  const decide = useEffectEvent(() => {
    setAsked(false)
    const [first] = problems
    // Where nothing could be checked the lab says why.
    if (first === undefined || error !== null) return void edited.save()
    setRefusal((before) => ({ text, times: (before?.times ?? 0) + 1 }))
    goTo(first)
  })
  // A press that comes before the check of the last keys waits for it.
  useEffect(() => {
    if (isAsked && isCurrent) decide()
  }, [isAsked, isCurrent])
  return { save: () => setAsked(true), refusal: refusal?.text === text ? refusal : null }
}
