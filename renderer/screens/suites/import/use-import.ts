import { useEffect, useState } from 'react'
import type { SuitePreview } from '#shared/contract/suite-views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { SuiteProblem } from '#shared/domain/suite.ts'
import { pageError } from '../../../stores/loadable.ts'
import { useLabClient } from '../../../stores/use-app.ts'
import { guessFormat, readText, type ImportFormat } from './read-file.ts'

export type Imported =
  | { readonly state: 'reading' }
  | { readonly state: 'unreadable'; readonly error: ErrorInfo }
  | {
      readonly state: 'checked'
      readonly text: string
      readonly format: ImportFormat
      /** Null where it is no suite; then the problems say why, else they are what was left out. */
      readonly preview: SuitePreview | null
      readonly problems: readonly SuiteProblem[]
      /** What is sound and may be meant otherwise. */
      readonly advice: readonly SuiteProblem[]
    }

/** Reads a file and has the lab check it, as what it looks like or as what was chosen. */
export function useImport(file: File, chosen: ImportFormat | null): Imported {
  const lab = useLabClient()
  const [imported, setImported] = useState<Imported>({ state: 'reading' })
  useEffect(() => {
    const stop = new AbortController()
    const show = (next: Imported) => {
      if (!stop.signal.aborted) setImported(next)
    }
    const read = async () => {
      const found = await readText(file)
      if ('problem' in found) {
        const hint = 'Save it as text in UTF-8 and choose it again.'
        show({ state: 'unreadable', error: { code: 'BAD_REQUEST', message: found.problem, hint } })
        return
      }
      const { text } = found
      const format = chosen ?? guessFormat(file.name, text)
      try {
        const answer = await lab['suites.check']({ text, format, file: file.name }, { signal: stop.signal })
        show({ state: 'checked', text, format, ...answer })
      } catch (error) {
        show({ state: 'unreadable', error: pageError(error) })
      }
    }
    void read()
    return () => stop.abort()
  }, [lab, file, chosen])
  return imported
}
