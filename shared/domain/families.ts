import type { Family, FamilyRow, Variant } from './variant.ts'

/** Every variant of some families, each place of a row one, in the order of the rows. */
export const variantsOf = (families: readonly Family[]): readonly Variant[] =>
  families.flatMap(({ rows }) => rows.flatMap(({ places }) => places))

export const rowsOf = (families: readonly Family[]): readonly FamilyRow[] => families.flatMap(({ rows }) => rows)

/** The row that a variant stands in; undefined where it is not among these families. */
export const rowOf = (families: readonly Family[], id: string): FamilyRow | undefined =>
  rowsOf(families).find(({ places }) => places.some((place) => place.id === id))

/** Why a variant is in its family, in words; null where that was not kept. */
export function familyReason({ familyBy, madeFrom }: Variant): string | null {
  switch (familyBy) {
    case 'made':
      return madeFrom === undefined ? 'Assay made one of the family from it' : `Assay made it from ${madeFrom}`
    case 'weights':
      return 'it, or another of its name, has the weights of one of the family'
    case 'header':
      return 'the header of its file names the model'
    case 'name':
      return 'by its name only: its header names no model'
    default:
      return null
  }
}
