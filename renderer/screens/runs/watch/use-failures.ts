import { useEffect, useMemo } from 'react'
import { dataOf } from '../../../stores/loadable.ts'
import { useAppStore, useLab } from '../../../stores/use-app.ts'
import { groupErrors, type ErrorGroup } from './error-report.ts'

/** Cells that are read to tell kinds of failure apart. */
const readCells = 300

export interface Failures {
  readonly groups: readonly ErrorGroup[]
  /** Cells that failed, of the whole run. */
  readonly failed: number
}

export function useFailures(run: number, errors: number): Failures {
  const store = useAppStore()
  const page = dataOf(
    useLab('cells.page', errors === 0 ? null : { run, filter: { states: ['error'] }, limit: readCells }),
  )
  useEffect(() => {
    store.getState().invalidate((name, input) => name === 'cells.page' && isErrorsOf(input, run))
  }, [store, run, errors])
  return useMemo(
    () => ({ groups: groupErrors(errors === 0 ? [] : (page?.rows ?? [])), failed: errors }),
    [page, errors],
  )
}

const isErrorsOf = (input: unknown, run: number): boolean => {
  const { run: of, filter } = input as {
    readonly run?: number
    readonly filter?: { readonly states?: readonly string[] }
  }
  return of === run && filter?.states?.join() === 'error'
}
