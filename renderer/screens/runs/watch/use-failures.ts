import { useEffect, useMemo } from 'react'
import { dataOf } from '../../../stores/loadable.ts'
import { useAppStore, useLab } from '../../../stores/use-app.ts'
import { cutOffCode, groupErrors, type ErrorGroup } from './error-report.ts'

/** Cells that are read to tell kinds of failure apart. */
const readCells = 300

export interface Failures {
  readonly groups: readonly ErrorGroup[]
  /** Cells that failed, of the whole run. */
  readonly failed: number
  /** Cells that a cancel cut off, by variant: they count as errors in the store, and run again when the run is resumed. */
  readonly cutOff: ReadonlyMap<number, number>
}

export function useFailures(run: number, errors: number): Failures {
  const store = useAppStore()
  const page = dataOf(
    useLab('cells.page', errors === 0 ? null : { run, filter: { states: ['error'] }, limit: readCells }),
  )
  useEffect(() => {
    store.getState().invalidate((name, input) => name === 'cells.page' && isErrorsOf(input, run))
  }, [store, run, errors])
  return useMemo(() => {
    const rows = errors === 0 ? [] : (page?.rows ?? [])
    const cut = Map.groupBy(
      rows.filter(({ errorCode }) => errorCode === cutOffCode),
      ({ variantIndex }) => variantIndex,
    )
    const cutOff = new Map([...cut].map(([index, cells]) => [index, cells.length]))
    const cutInAll = [...cutOff.values()].reduce((sum, n) => sum + n, 0)
    return { groups: groupErrors(rows), failed: errors - cutInAll, cutOff }
  }, [page, errors])
}

const isErrorsOf = (input: unknown, run: number): boolean => {
  const { run: of, filter } = input as {
    readonly run?: number
    readonly filter?: { readonly states?: readonly string[] }
  }
  return of === run && filter?.states?.join() === 'error'
}
