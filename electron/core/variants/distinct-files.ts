import type { FamilyRow, Variant } from '#shared/domain/variant.ts'

type Row = Pick<FamilyRow, 'places'>

/**
 * The rows of a family, every file in it under a name of its own: files of one precision go by their file names too, and
 * files of one name by as much of their folders as tells them apart, so that what people read names one file.
 */
export function withDistinctFiles<R extends Row>(rows: readonly R[]): readonly R[] {
  const files = rows.flatMap(({ places }) => places).filter(({ engine }) => engine === 'builtin')
  const tails = distinctTails(files.map(({ ref }) => ref))
  const names = Map.groupBy(files, ({ name }) => name)
  const told = (place: Variant): Variant => {
    const tail = place.engine === 'builtin' ? tails.get(place.ref) : undefined
    if (tail === undefined) return place
    const isShared = (names.get(place.name)?.length ?? 0) > 1
    return { ...place, shortRef: tail, name: isShared ? `${place.name} (${tail})` : place.name }
  }
  return rows.map((row) => ({ ...row, places: row.places.map(told) as [Variant, ...Variant[]] }))
}

/** Of each path the shortest end that no other has: the file's name, and with it folders where they are needed. */
function distinctTails(paths: readonly string[]): ReadonlyMap<string, string> {
  const tails = new Map<string, string>()
  const tell = (same: readonly string[], depth: number): void => {
    const groups = Map.groupBy(same, (path) => tailOf(path, depth))
    for (const [tail, members] of groups) {
      const whole = members.every((path) => tailOf(path, depth + 1) === tail)
      if (members.length > 1 && !whole) tell(members, depth + 1)
      else for (const path of members) tails.set(path, tail)
    }
  }
  tell([...new Set(paths)], 1)
  return tails
}

const tailOf = (path: string, depth: number): string => path.split(/[/\\]/).slice(-depth).join('/')
