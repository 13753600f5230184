import type { MakeOffer } from '#shared/contract/views.ts'
import { shownType } from './job-rows.tsx'

export type OfferedType = MakeOffer['types'][number]

const canBeMade = ({ exists, refusal }: OfferedType): boolean => !exists && refusal === null

/** The one that was asked for; else the finest that can be made and is not there yet, wherever it lies. `known`: precisions that are. */
export function chooseOffered(
  types: readonly OfferedType[],
  asked: string,
  known: { has(precision: string): boolean },
): OfferedType | null {
  return (
    types.find(({ type }) => type === asked) ??
    types.find((offered) => canBeMade(offered) && !known.has(shownType(offered.type))) ??
    types.find(canBeMade) ??
    null
  )
}
