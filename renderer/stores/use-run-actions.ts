import { useCallback, useMemo, useState } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { pageError } from './loadable.ts'
import { useAppStore } from './use-app.ts'

/** What can be done to a run. A failure is kept to be shown where the action was; every action asks anew what it changed. */
export interface RunActions {
  readonly problem: ErrorInfo | null
  readonly busy: boolean
  pause(): void
  cancel(): void
  resume(options?: { readonly errors: boolean }): void
  rename(name: string, before: string): void
  /** `then` is called once the run is gone. */
  remove(then: () => void): void
  regrade(then: (changed: number) => void): void
}

export function useRunActions(run: number): RunActions {
  const store = useAppStore()
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const [busy, setBusy] = useState(false)

  const attempt = useCallback(
    async (act: () => Promise<unknown>) => {
      setProblem(null)
      setBusy(true)
      try {
        await act()
      } catch (error) {
        setProblem(pageError(error))
      } finally {
        setBusy(false)
        store
          .getState()
          .invalidate((name, input) => name === 'runs.list' || (input as { readonly run?: number }).run === run)
      }
    },
    [store, run],
  )
  const actions = useMemo(() => {
    const { lab } = store
    const rename = async (name: string) => {
      await lab['runs.rename']({ run, name })
      store.getState().invalidate((call, input) => call === 'runs.list' || (input as { run?: number }).run === run)
    }
    return {
      pause: () => void attempt(() => lab['runs.pause']({ run })),
      cancel: () => void attempt(() => lab['runs.cancel']({ run })),
      resume: ({ errors } = { errors: false }) => void attempt(() => lab['runs.resume']({ run, errors })),
      rename: (name: string, before: string) =>
        void attempt(async () => {
          await rename(name)
          store.getState().offerUndo(`Run ${run} is now “${name}”.`, () => rename(before))
        }),
      remove: (then: () => void) =>
        void attempt(async () => {
          await lab['runs.delete']({ run })
          then()
        }),
      regrade: (then: (changed: number) => void) =>
        void attempt(async () => then((await lab['runs.regrade']({ run })).changed)),
    }
  }, [store, run, attempt])
  return { problem, busy, ...actions }
}
