import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { PlacedProblem } from './place-problems.ts'
import type { Checked } from './use-check.ts'
import type { EditedText } from './use-edited-text.ts'

export interface Saving {
  save(): void
  /** Something was typed: what was refused before is no longer said. */
  forget(): void
  /** Which press was refused, so that each is said; null where none was since the last key. */
  readonly refusal: number | null
}

/** Keeps a sound text; of one with problems it is said that it is not kept, and the first of them is gone to. */
export function useSave(
  edited: EditedText,
  { checked, problems }: { readonly checked: Checked; readonly problems: readonly PlacedProblem[] },
  goTo: (problem: PlacedProblem) => void,
): Saving {
  const presses = useRef(0)
  const answered = useRef(0)
  const [asked, setAsked] = useState<number | null>(null)
  const { isCurrent, error } = checked
  const answer = useEffectEvent((press: number) => {
    if (answered.current === press) return
    answered.current = press
    const [first] = problems
    // Where nothing could be checked the lab says why.
    if (first === undefined || error !== null) void edited.save()
    else goTo(first)
  })
  // A press that comes before the check of the last keys waits for it.
  useEffect(() => {
    if (asked !== null && isCurrent) answer(asked)
  }, [asked, isCurrent])
  return {
    save() {
      presses.current += 1
      setAsked(presses.current)
    },
    forget() {
      if (asked === answered.current) setAsked(null)
    },
    refusal: isCurrent && error === null && problems.length > 0 ? asked : null,
  }
}
