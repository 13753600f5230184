import { useEffect, useMemo, useState } from 'react'
import type { SuitePreview } from '#shared/contract/suite-views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { SuiteProblem } from '#shared/domain/suite.ts'
import { pageError } from '../../../stores/loadable.ts'
import { useLabClient } from '../../../stores/use-app.ts'

/** How long after the last key a text is checked; a long one later, since each check reads it whole. */
const afterMs = (text: string): number => (text.length > 200_000 ? 900 : 250)

export interface Checked {
  /** What was checked last; null before the first check. */
  readonly text: string | null
  readonly problems: readonly SuiteProblem[]
  /** What is sound and may be meant otherwise. */
  readonly advice: readonly SuiteProblem[]
  /** Of the last sound text; null until there was one. */
  readonly preview: SuitePreview | null
  /** False while the preview is of an earlier text. */
  readonly isSound: boolean
  /** Why nothing could be checked. */
  readonly error: ErrorInfo | null
  /** False while a newer text waits for its check. */
  readonly isCurrent: boolean
}

type Kept = Omit<Checked, 'isCurrent'>

const nothing: Kept = { text: null, problems: [], advice: [], preview: null, isSound: false, error: null }

/** What is wrong in a text, checked by the lab while it is written. */
export function useCheck({ text, format, file }: { text: string; format: 'yaml' | 'json'; file: string }): Checked {
  const lab = useLabClient()
  const [kept, setKept] = useState<Kept>(nothing)
  const isFirst = kept.text === null
  useEffect(() => {
    const stop = new AbortController()
    const check = async () => {
      try {
        const { problems, advice, preview } = await lab['suites.check']({ text, format, file }, { signal: stop.signal })
        if (stop.signal.aborted) return
        setKept((before) =>
          preview === null
            ? { ...before, text, problems, advice: [], isSound: false, error: null }
            : { text, problems: [], advice, preview, isSound: true, error: null },
        )
      } catch (error) {
        if (!stop.signal.aborted) setKept((before) => ({ ...before, text, error: pageError(error) }))
      }
    }
    const timer = setTimeout(() => void check(), isFirst ? 0 : afterMs(text))
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [lab, text, format, file, isFirst])
  const isCurrent = kept.text === text
  // The same one until something is new: most keys leave it as it is.
  return useMemo(() => ({ ...kept, isCurrent }), [kept, isCurrent])
}
