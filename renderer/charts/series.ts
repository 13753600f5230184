import { precisionMark } from '#shared/domain/precision-colours.ts'

/** A variant as charts draw it. `precision` null: hidden, drawn in grey. */
export interface Series {
  readonly key: number
  readonly name: string
  readonly precision: string | null
}

/** The precision's colour as a token, the same on every screen. */
export function seriesColour({ precision }: Pick<Series, 'precision'>): string {
  const slug = precision === null ? 'other' : precisionMark(precision).slug
  return slug === 'other' ? 'var(--text-2)' : `var(--precision-${slug})`
}

export const isDiamond = ({ precision }: Pick<Series, 'precision'>): boolean =>
  precision !== null && precisionMark(precision).shape === 'diamond'

/** A plot has no room for the word "simulated"; the hover text, the table and the rest of the screen keep it. */
export function shortName(name: string): string {
  const short = name.replace(' (simulated)', '')
  return short.length > 22 ? `${short.slice(0, 21)}…` : short
}
