import { briefNames } from '#shared/domain/brief-names.ts'
import { precisionMark } from '#shared/domain/precision-colours.ts'

/** A variant as charts draw it. `precision` null: hidden, drawn in grey. */
export interface Series {
  readonly key: number
  readonly name: string
  /** The name where there is little room. */
  readonly brief: string
  readonly precision: string | null
}

/** The precision's colour as a token, the same on every screen. */
export function seriesColour({ precision }: Pick<Series, 'precision'>): string {
  const slug = precision === null ? 'other' : precisionMark(precision).slug
  return slug === 'other' ? 'var(--text-2)' : `var(--precision-${slug})`
}

export const isDiamond = ({ precision }: Pick<Series, 'precision'>): boolean =>
  precision !== null && precisionMark(precision).shape === 'diamond'

/** Letters beside a mark or an axis. */
const plotLength = 18

/** A plot has no room for the word "simulated" nor for long names; the hover text, the table and the rest of the screen have. */
export const plotNames = (all: readonly Pick<Series, 'name'>[]): readonly string[] =>
  briefNames(
    all.map(({ name }) => name.replace(' (simulated)', '')),
    plotLength,
  )
