import type { Cell } from '#shared/domain/run.ts'

/** Cells of one variant that failed in the same way. */
export interface ErrorGroup {
  readonly variantIndex: number
  readonly code: string
  readonly cells: readonly Cell[]
}

/** Largest first. */
export function groupErrors(cells: readonly Cell[]): readonly ErrorGroup[] {
  const groups = Map.groupBy(cells, ({ variantIndex, errorCode }) => `${variantIndex} ${errorCode}`)
  return [...groups.values()]
    .flatMap((members) => {
      const [first] = members
      return first === undefined
        ? []
        : [{ variantIndex: first.variantIndex, code: first.errorCode ?? 'INTERNAL', cells: members }]
    })
    .toSorted((a, b) => b.cells.length - a.cells.length)
}

const namedCells = 4

/** `math-044 at token 1,904 and math-087 at token 655`, for the first few. */
export function whereText({ cells }: ErrorGroup): string {
  const named = cells
    .slice(0, namedCells)
    .map(({ promptId, tokens }) =>
      tokens === null || tokens === 0 ? promptId : `${promptId} at token ${tokens.toLocaleString('en')}`,
    )
  const rest = cells.length - named.length
  if (rest > 0) return `${named.join(', ')} and ${rest.toLocaleString('en')} more`
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
}
