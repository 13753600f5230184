import type { Series } from '../../charts/series.ts'
import { PrecisionMark } from '../../ui/badge.tsx'

/** A variant's name with its colour, or its letter in grey while the screen is blind. */
export function VariantTag({ series, note }: { readonly series: Series; readonly note?: string | undefined }) {
  return <PrecisionMark name={series.precision ?? ''} label={series.name} {...(note === undefined ? {} : { note })} />
}
