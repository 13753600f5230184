import { useMemo } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { variantsOf } from '#shared/domain/families.ts'
import type { Family, MemoryFit, Variant } from '#shared/domain/variant.ts'
import { dataOf, type Loadable } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { useFreshVariants } from '../../stores/use-fresh-variants.ts'

/** The lab takes no more at once. */
const mostFits = 500

export interface VariantsData {
  /** Null until they are there. */
  readonly families: readonly Family[] | null
  /** Each place of a row is one. */
  readonly all: readonly Variant[]
  readonly fits: ReadonlyMap<string, MemoryFit>
  /** Why the list, or what its variants need in memory, could not be read. */
  readonly problems: readonly ErrorInfo[]
}

const noFamilies: readonly Family[] = []

/** Every variant of every engine with what it needs at a context length, kept up to date while the screen is open. */
export function useVariants(contextTokens: number): VariantsData {
  const list = useLab('variants.list', { refresh: false })
  const families = dataOf(list)
  const all = useMemo(() => variantsOf(families ?? noFamilies), [families])
  const ids = useMemo(() => all.slice(0, mostFits).map(({ id }) => id), [all])
  const needs = useLab('variants.fit', ids.length === 0 ? null : { variants: ids, contextTokens, asTrained: true })
  const answered = dataOf(needs)
  const fits = useMemo(
    () =>
      new Map(
        answered === null ? [] : ids.map((id, index) => [id as string, answered[index]] as const).filter(isKnown),
      ),
    [answered, ids],
  )
  useFreshVariants()
  return { families, all, fits, problems: [...problemOf(list), ...problemOf(needs)] }
}

const isKnown = (entry: readonly [string, MemoryFit | undefined]): entry is readonly [string, MemoryFit] =>
  entry[1] !== undefined

const problemOf = (answer: Loadable<unknown>): readonly ErrorInfo[] =>
  answer.status === 'failed' ? [answer.error] : []
